import { detailFor, type FlamePicture, type FlameWindow, firstAfter } from './flame-picture.ts'

/** Colours as the bytes of a canvas' pixels in a number: red is lowest. */
export type PackedColour = number

/** How rectangles are coloured. */
export interface RasterColours {
  /** By row of the tree. */
  readonly rows: Uint32Array
  readonly background: PackedColour
  /** For rectangles narrower than a pixel that hold something lit. */
  readonly lit: PackedColour
}

/** Rows that are lit, such as those that a search found, for each set of rectangles of a picture. */
export interface LitRows {
  /** 1 where the row of the tree is lit. */
  readonly rows: Uint8Array
  /** For each detail level: 1 where something in the rectangle is lit. */
  readonly details: readonly Uint8Array[]
}

/** A rectangle that is wide enough to say something, in pixels. */
export interface WideRectangle {
  readonly level: number
  readonly row: number
  /** Of the rectangle as far as it is in sight. */
  readonly left: number
  readonly right: number
}

export interface RasterRequest {
  readonly picture: FlamePicture
  readonly window: FlameWindow
  /** Pixels. */
  readonly width: number
  /** Levels of the flame graph that are in sight; `last` is without. */
  readonly first: number
  readonly last: number
  readonly colours: RasterColours
  readonly lit?: LitRows | null
  /** Rectangles of so many pixels are told in the answer. */
  readonly wide: number
  /** `width · (last − first)` pixels. */
  readonly into: Uint32Array
}

/** From so many pixels on, a rectangle leaves its last one out, so that neighbours can be told apart. */
const separated = 3
/** What is there at all is seen. */
const faintest = 0.3

/**
 * Paints a flame graph with one line of pixels per level. What is narrower than a pixel gives its column the colour of its
 * widest part, as strong as the column is filled. O(pixels + rectangles of the detail level in sight).
 */
export function rasterise(request: RasterRequest): WideRectangle[] {
  const { picture, window, width, first, last, colours, lit, into } = request
  const pixel = (window.to - window.from) / width
  const set = detailFor(picture, pixel)
  // The rectangles themselves have no rectangles of their own to hold anything lit.
  const litHere = lit?.details[(picture.details as readonly unknown[]).indexOf(set)]
  const wide: WideRectangle[] = []
  into.fill(colours.background)
  for (let level = first; level < last; level++) {
    const line = (level - first) * width
    let column = -1
    let filled = 0
    let widest = 0
    let colour = 0
    const flush = () => {
      // A wider rectangle that ends in this column has it already.
      if (column >= 0 && into[line + column] === colours.background) {
        into[line + column] = mix(colours.background, colour, Math.max(faintest, Math.min(1, filled)))
      }
      column = -1
    }
    for (let index = firstAfter(set, level, window.from); index < set.offsets[level + 1]!; index++) {
      const start = set.start[index]!
      if (start >= window.to) break
      const row = set.row[index]!
      const left = (start - window.from) / pixel
      const right = (set.end[index]! - window.from) / pixel
      const isLit = litHere?.[index] === 1 && lit?.rows[row] !== 1
      if (right - left >= 1) {
        flush()
        const from = Math.max(0, Math.round(left))
        const to = Math.min(width, Math.max(from + 1, Math.round(right)))
        into.fill(isLit ? colours.lit : colours.rows[row]!, line + from, line + to)
        if (right - left >= separated && right <= width) into[line + to - 1] = colours.background
        if (to - from >= request.wide) wide.push({ level, row, left: from, right: to })
        continue
      }
      const here = Math.max(0, Math.min(width - 1, Math.floor((left + right) / 2)))
      const own = set.weight ? set.weight[index]! / pixel : right - left
      if (here !== column) {
        flush()
        column = here
        filled = 0
        widest = 0
      }
      // Something lit in a column is not to be overlooked.
      const strength = isLit || lit?.rows[row] === 1 ? own + 1 : own
      filled += strength
      if (strength > widest) {
        widest = strength
        colour = isLit ? colours.lit : colours.rows[row]!
      }
    }
    flush()
  }
  return wide
}

/** Which rectangles of each detail level hold a row that is lit. O(rectangles). */
export function lightUp({ rectangles, details }: FlamePicture, rows: Uint8Array): LitRows {
  let finer: Uint8Array | null = null
  const lit: Uint8Array[] = []
  for (const { first, row } of details) {
    const own = new Uint8Array(row.length)
    for (let index = 0; index < own.length; index++) {
      for (let part = first[index]!; part < first[index + 1]!; part++) {
        if ((finer ? finer[part] : rows[rectangles.row[part]!]) !== 1) continue
        own[index] = 1
        break
      }
    }
    lit.push(own)
    finer = own
  }
  return { rows, details: lit }
}

/** `amount` of `over` on `under`. */
export function mix(under: PackedColour, over: PackedColour, amount: number): PackedColour {
  const part = (shift: number) => {
    const from = (under >>> shift) & 255
    return Math.round(from + (((over >>> shift) & 255) - from) * amount) << shift
  }
  return (part(0) | part(8) | part(16) | (255 << 24)) >>> 0
}

/** `rgb(…)` as a palette gives it. Throws on anything else. */
export function packColour(text: string): PackedColour {
  const parts = /^rgba?\((\d+), (\d+), (\d+)/.exec(text)
  if (!parts) throw new Error(`This is no colour of a palette: ${text}`)
  const [red, green, blue] = parts.slice(1).map(Number) as [number, number, number]
  return (red | (green << 8) | (blue << 16) | (255 << 24)) >>> 0
}
