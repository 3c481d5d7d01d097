import type { FlameFrame, FlameTree } from '../../../analysis/index.ts'
import type { FrameOrigin } from '../../../trace/index.ts'
import type { Palette } from '../chart/palette.ts'
import { hueOf } from '../hues.ts'
import type { LitRows, PackedColour } from './rasterise.ts'
import { mix, packColour } from './rasterise.ts'

/** What the colour of a rectangle says. Spans have none of these: they are coloured by their names. */
export const colourings = ['origin', 'node', 'file'] as const
export type Colouring = (typeof colourings)[number]

/** Origins are few and always the same: they are told apart by hand. What is nobody's code is grey. */
const originHues: Readonly<Record<FrameOrigin, number | null>> = {
  user: 200,
  package: 300,
  strobe: 270,
  node: 115,
  native: null,
  gc: 345,
  idle: null,
}

/** What is there whatever one writes steps back, so that one's own code is seen first. */
const quietOrigins: ReadonlySet<string> = new Set<FrameOrigin>(['strobe', 'node'])

/** Functions of one category differ by shade, so that neighbours can be told apart: shares of the softer colour. */
const shades = [0, 0.28, 0.56] as const

/** The hue of a category; `null` for those that are grey. */
export function hueOfCategory(by: Colouring, category: string | null): number | null {
  if (category === null || category === '') return null
  return by === 'origin' ? (originHues[category as FrameOrigin] ?? null) : hueOf(category)
}

/** Whether a category has the softer colour of its hue. */
export function isQuiet(by: Colouring, category: string | null): boolean {
  return by === 'origin' && category !== null && quietOrigins.has(category)
}

/** Colour of every row of a tree; that of row 0 is the colour of idle stretches. O(rows), a look-up each. */
export function colourRows(tree: FlameTree, by: Colouring, palette: Palette): Uint32Array {
  const shadesOf = shadeTable(palette)
  const shadeOf = Uint8Array.from(tree.frames, ({ name }) => hueOf(name) % shades.length)
  const colours = new Uint32Array(tree.frame.length)
  if (by === 'node' && tree.measure === 'cpu') {
    // The last is that of rows of several nodes: index −1.
    const byNode = [...tree.nodes, null].map((node) => shadesOf(hueOfCategory(by, node), false))
    const several = tree.nodes.length
    for (let row = 1; row < colours.length; row++) {
      const node = tree.nodeOf[row]!
      colours[row] = byNode[node < 0 ? several : node]![shadeOf[tree.frame[row]!]!]!
    }
  } else {
    const byFrame = Uint32Array.from(tree.frames, (frame, index) => {
      if (tree.measure === 'spans') return shadesOf(hueOf(labelOf(frame)), false)[0]!
      const category = by === 'origin' ? frame.category : frame.detail
      return shadesOf(hueOfCategory(by, category), isQuiet(by, category))[shadeOf[index]!]!
    })
    for (let row = 1; row < colours.length; row++) colours[row] = byFrame[tree.frame[row]!]!
  }
  colours[0] = packColour(palette.rope)
  return colours
}

/** The shades of each hue, made once; without a hue they are grey. */
function shadeTable(palette: Palette): (hue: number | null, quiet: boolean) => readonly PackedColour[] {
  const paper = packColour(palette.paper)
  const known = new Map<string, readonly PackedColour[]>()
  const make = (hue: number | null, quiet: boolean) => {
    if (hue === null) return shades.map((share) => mix(packColour(palette.frame), paper, share / 2))
    const soft = packColour(palette.barSoft(hue))
    const [from, to] = quiet ? [soft, paper] : [packColour(palette.bar(hue)), soft]
    return shades.map((share) => mix(from, to, share))
  }
  return (hue, quiet) => {
    const key = `${hue} ${quiet}`
    const colours = known.get(key) ?? make(hue, quiet)
    known.set(key, colours)
    return colours
  }
}

/** The colours while something is looked for: what was not found steps back. */
export function dimUnlit(colours: Uint32Array, { rows }: Pick<LitRows, 'rows'>, background: PackedColour): Uint32Array {
  const known = new Map<PackedColour, PackedColour>()
  const dim = (colour: PackedColour) => {
    const faint = known.get(colour) ?? mix(background, colour, 0.22)
    known.set(colour, faint)
    return faint
  }
  return colours.map((colour, row) => (rows[row] === 1 ? colour : dim(colour)))
}

/** What stands in the rectangle of a function or span. Functions without a name are called by their place. */
export function labelOf({ name, detail, line, category }: FlameFrame): string {
  if (category === 'call' && detail !== '') return `${name} ${detail}`
  if (name !== '' && name !== '(anonymous)') return name
  const file = detail.slice(Math.max(detail.lastIndexOf('/'), detail.lastIndexOf('\\')) + 1)
  return file === '' ? '(anonymous)' : `(anonymous) ${file}${line > 0 ? `:${line}` : ''}`
}
