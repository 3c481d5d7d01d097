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

/** The category that a row belongs to; `null` where it belongs to several nodes. */
export function categoryOf(tree: FlameTree, row: number, by: Colouring): string | null {
  const frame = tree.frames[tree.frame[row]!]
  if (by === 'node') return tree.nodes[tree.nodeOf[row]!] ?? null
  return by === 'origin' ? (frame?.category ?? null) : (frame?.detail ?? null)
}

/** The hue of a category; `null` for those that are grey. */
export function hueOfCategory(by: Colouring, category: string | null): number | null {
  if (category === null || category === '') return null
  return by === 'origin' ? (originHues[category as FrameOrigin] ?? null) : hueOf(category)
}

/** Whether a category has the softer colour of its hue. */
export function isQuiet(by: Colouring, category: string | null): boolean {
  return by === 'origin' && category !== null && quietOrigins.has(category)
}

/** Colour of every row of a tree; that of row 0 is the colour of idle stretches. */
export function colourRows(tree: FlameTree, by: Colouring, palette: Palette): Uint32Array {
  const paper = packColour(palette.paper)
  const greys = shades.map((share) => mix(packColour(palette.frame), paper, share / 2))
  const known = new Map<string, readonly PackedColour[]>()
  const shadesOf = (hue: number | null, quiet: boolean) => {
    if (hue === null) return greys
    const key = `${hue} ${quiet}`
    let colours = known.get(key)
    if (!colours) {
      const soft = packColour(palette.barSoft(hue))
      const [from, to] = quiet ? [soft, paper] : [packColour(palette.bar(hue)), soft]
      colours = shades.map((share) => mix(from, to, share))
      known.set(key, colours)
    }
    return colours
  }
  const shadeOf = tree.frames.map((frame) => hueOf(frame.name) % shades.length)
  return Uint32Array.from(tree.frame, (frame, row) => {
    if (row === 0) return packColour(palette.rope)
    if (tree.measure === 'spans') return shadesOf(hueOf(labelOf(tree.frames[frame]!)), false)[0]!
    const category = categoryOf(tree, row, by)
    return shadesOf(hueOfCategory(by, category), isQuiet(by, category))[shadeOf[frame]!]!
  })
}

/** The colours while something is looked for: what was not found steps back. */
export function dimUnlit(colours: Uint32Array, { rows }: Pick<LitRows, 'rows'>, background: PackedColour): Uint32Array {
  return colours.map((colour, row) => (rows[row] === 1 ? colour : mix(background, colour, 0.22)))
}

/** What stands in the rectangle of a function or span. Functions without a name are called by their place. */
export function labelOf({ name, detail, line, category }: FlameFrame): string {
  if (category === 'call' && detail !== '') return `${name} ${detail}`
  if (name !== '' && name !== '(anonymous)') return name
  const file = detail.slice(Math.max(detail.lastIndexOf('/'), detail.lastIndexOf('\\')) + 1)
  return file === '' ? '(anonymous)' : `(anonymous) ${file}${line > 0 ? `:${line}` : ''}`
}
