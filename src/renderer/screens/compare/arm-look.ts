import type { ExperimentSection } from '../../../report/index.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { hueOf } from '../../charts/hues.ts'
import { armName } from './trial-table.tsx'

/** A mark of its own for each arm, as a path in a square from 0 to 12: colour is not the only sign. */
const shapes = [
  'M6 1A5 5 0 1 1 5.99 1Z',
  'M6 0L12 6L6 12L0 6Z',
  'M6 0.5L12 11.5H0Z',
  'M1 1H11V11H1Z',
  'M0 0.5H12L6 11.5Z',
  'M3 0H9L12 6L9 12H3L0 6Z',
  'M4 0H8V4H12V8H8V12H4V8H0V4H4Z',
] as const

/** The shape of an arm's marks. */
export function shapeOf(arm: number): string {
  return shapes[arm % shapes.length]!
}

/** What has no result. */
export const crossShape = 'M0 2L2 0L6 4L10 0L12 2L8 6L12 10L10 12L6 8L2 12L0 10L4 6Z'

/** The colour of an arm's marks: that of its name, the baseline's is grey. */
export function armColour(section: ExperimentSection, arm: number, palette: Palette): string {
  return arm === 0 ? palette.inkQuiet : palette.barEdge(hueOf(armName(section, arm)))
}
