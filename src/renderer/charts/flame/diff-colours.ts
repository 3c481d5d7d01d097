import type { FlameDifference, FunctionChange, FunctionTest } from '../../../analysis/index.ts'
import type { Palette } from '../chart/palette.ts'
import { mix, packColour } from './rasterise.ts'

/** Which change of a function is looked at: its own time, or with what it called. */
export type ChangeMeasure = 'self' | 'inclusive'

/** How rows of a difference look: colour by row of the tree, and 1 where a change is not significant. */
export interface ChangeLook {
  readonly colours: Uint32Array
  readonly hatched: Uint8Array
}

/** A function whose time changed by this share of the larger side has the full colour. */
const fullAt = 0.5
/** How much of a colour there is, faintest and fullest (names must be read upon it), and where a change is not significant. */
const strengths = { least: 0.25, most: 0.64, unsure: 0.22 } as const

/** Blue: less time, orange: more; the fuller the larger the change. Grey: too few samples, or no change. Hatched: not significant. */
export function lookOfChanges(difference: FlameDifference, measure: ChangeMeasure, palette: Palette): ChangeLook {
  const grey = packColour(palette.frame)
  const paper = packColour(palette.paper)
  const [faster, slower] = [packColour(palette.faster), packColour(palette.slower)]
  const byFrame = new Uint32Array(difference.frames.length).fill(grey)
  const unsure = new Uint8Array(difference.frames.length)
  for (const change of difference.functions) {
    const test = change[measure]
    if (test === null || test.shrunk === 0) continue
    const colour = test.shrunk < 0 ? faster : slower
    const size = Math.min(1, Math.abs(relativeChange(change, test, measure)) / fullAt)
    const strength = test.changed ? strengths.least + (strengths.most - strengths.least) * size : strengths.unsure
    byFrame[change.frame] = mix(test.changed ? paper : grey, colour, strength)
    unsure[change.frame] = Number(!test.changed)
  }
  const rows = difference.frame
  const colours = new Uint32Array(rows.length)
  const hatched = new Uint8Array(rows.length)
  for (let row = 1; row < rows.length; row++) {
    colours[row] = byFrame[rows[row]!]!
    hatched[row] = unsure[rows[row]!]!
  }
  return { colours, hatched }
}

function relativeChange(change: FunctionChange, test: FunctionTest, measure: ChangeMeasure): number {
  const larger = Math.max(change.baseline[measure], change.candidate[measure])
  return larger > 0 ? test.shrunk / larger : 0
}
