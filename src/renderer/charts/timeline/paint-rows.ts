import { type BarKey, barFlags, type HueMix, type RowColumns } from './model.ts'
import { type BarColours, type Palette, shadeOf } from './palette.ts'
import { type PixelSheet, type SheetPart, touch } from './pixel-sheet.ts'
import { coverOf, mixOf, newScene, type RowScene, walkRow } from './row-walk.ts'
import type { SpanSet } from './span-set.ts'
import type { TextFitter } from './text-fitter.ts'
import { type PixelScale, pixelOf } from './viewport.ts'

/** Where and how a row is drawn, in device pixels. */
export interface RowPlace {
  readonly keys: readonly BarKey[]
  readonly top: number
  readonly height: number
  /** Whether bars are written in. */
  readonly hasText: boolean
  /** Drawn in the lane's quieter colours: iterations and items, in which other things happen. */
  readonly quiet: boolean
  /** Whether to underline what is on the critical path. */
  readonly showPath: boolean
  readonly matches: SpanSet | null
}

/** What all rows of one drawing have in common. */
export interface RowSurroundings {
  readonly context: CanvasRenderingContext2D
  readonly scale: PixelScale
  /** Device pixels for one of CSS. */
  readonly density: number
  readonly palette: Palette
  readonly fitter: TextFitter
}

/** Bars narrower than this are drawn as pixels, in one go for the whole row. */
const leastDrawn = 5

/** Lines of the sheet for a row whose bars have several hues: a pixel is divided among them by what they cover. */
const mixedLines = 12

/** Draws rows of bars. What is narrow goes into a sheet of pixels, one line per row, which is stretched to the row's height. */
export class RowPainter {
  readonly #sheet: PixelSheet
  #scene: RowScene = newScene(0)
  #width = 0
  readonly #shares = new Float64Array(256)
  readonly #rows: { place: RowPlace; marks: Marks }[] = []

  constructor(sheet: PixelSheet) {
    this.#sheet = sheet
  }

  /** Begins a drawing, after its sheet did. */
  begin(): void {
    this.#rows.length = 0
    if (this.#width === this.#sheet.width) return
    this.#width = this.#sheet.width
    this.#scene = newScene(this.#width)
  }

  /** Draws the wide bars of a row, and keeps the narrow ones for the end. */
  add(row: RowColumns, place: RowPlace, around: RowSurroundings): void {
    const scene = this.#scene
    walkRow(row, around.scale, scene)
    const strip = this.#sheet.take(linesOf(row), place.top, place.height)
    const colours = around.palette.ofKeys(place.keys)
    const mixed = row.mix?.hues.map((hue) => around.palette.of(hue))
    const marks: Marks = { failed: [], path: [] }
    for (let at = 0; at < scene.pixelCount; at++) {
      const [first, last] = [scene.firsts[at]!, scene.lasts[at]!]
      const pixel = scene.pixels[at]!
      const cover = coverOf(row, first, last, around.scale.perPixel)
      const shade = shadeOf(place.quiet ? cover * 0.6 : cover)
      const isFound = place.matches === null || place.matches.hasAny(row, first, last)
      if (mixed && last - first > 1) this.#putMixed(row, row.mix!, mixed, first, last, pixel, isFound, shade, strip)
      else {
        const { covers, faint } = colours[row.key[first]!]!
        this.#put(pixel, (isFound ? covers : faint)[shade]!, strip)
      }
      this.#mark(row, place, first, last, pixel, pixel + 1, marks)
    }
    for (let at = 0; at < scene.barCount; at++) {
      const bar = scene.bars[at]!
      const left = Math.round(Math.max(-8, pixelOf(around.scale, row.start[bar]!)))
      const right = Math.max(left + 1, Math.round(Math.min(this.#width + 8, pixelOf(around.scale, row.end[bar]!))))
      if (right - left < leastDrawn) this.#putBar(row, place, colours, bar, left, right, strip)
      else paintBar(row, place, colours, around, bar, left, right)
      this.#mark(row, place, bar, bar + 1, left, right, marks)
    }
    this.#rows.push({ place, marks })
  }

  /** Marks what failed and what is on the critical path, above what the sheet holds. */
  finish(around: RowSurroundings): void {
    for (const { place, marks } of this.#rows) paintMarks(place, around, marks)
  }

  /** Divides a pixel among the hues of what begins in it. */
  #putMixed(
    row: RowColumns,
    mix: HueMix,
    mixed: readonly BarColours[],
    first: number,
    last: number,
    x: number,
    isFound: boolean,
    shade: number,
    strip: SheetPart,
  ): void {
    const shares = this.#shares
    mixOf(row, mix, first, last, shares)
    let whole = 0
    for (let hue = 0; hue < mixed.length; hue++) whole += shares[hue]!
    let sum = 0
    let line = 0
    for (let hue = 0; hue < mixed.length && whole > 0; hue++) {
      sum += shares[hue]!
      const end = Math.round((sum / whole) * strip.lines)
      const colour = (isFound ? mixed[hue]!.covers : mixed[hue]!.faint)[shade]!
      // From the bottom up: what covers most of the run is the ground that the rest stands on.
      for (; line < end; line++) this.#sheet.pixels[(strip.line + strip.lines - 1 - line) * this.#width + x] = colour
    }
    touch(strip, x)
  }

  #putBar(
    row: RowColumns,
    place: RowPlace,
    colours: readonly BarColours[],
    bar: number,
    left: number,
    right: number,
    strip: SheetPart,
  ): void {
    const { covers, faint } = colours[row.key[bar]!]!
    const shades = place.matches === null || place.matches.has(row.span[bar]!) ? covers : faint
    const faded = (row.flags[bar]! & barFlags.open) !== 0 || place.quiet
    const wait = row.wait?.[bar] ?? 0
    const queueEnd = wait > 0 ? left + ((right - left) * wait) / (row.end[bar]! - row.start[bar]!) : 0
    // A gap tells neighbours apart.
    const end = right - left >= 3 ? right - 1 : right
    for (let x = left; x < end; x++) this.#put(x, shades[x < queueEnd ? 3 : faded ? 4 : 8]!, strip)
  }

  #put(x: number, pixel: number, strip: SheetPart): void {
    if (x < 0 || x >= this.#width) return
    for (let line = 0; line < strip.lines; line++) this.#sheet.pixels[(strip.line + line) * this.#width + x] = pixel
    touch(strip, x)
  }

  #mark(
    row: RowColumns,
    place: RowPlace,
    first: number,
    last: number,
    left: number,
    right: number,
    marks: Marks,
  ): void {
    const { failedBefore, pathBefore } = row
    if (failedBefore && failedBefore[last]! > failedBefore[first]!) marks.failed.push(left, right)
    if (!place.showPath || !pathBefore || pathBefore[last]! === pathBefore[first]!) return
    // Neighbours are one line: there are as many lines as there are gaps.
    const { path } = marks
    if (path.length > 0 && left - path.at(-1)! <= 1 && left >= path.at(-2)!) path[path.length - 1] = right
    else path.push(left, right)
  }
}

/** Lines of a sheet that a row takes. */
export function linesOf(row: RowColumns): number {
  return row.mix ? mixedLines : 1
}

/** Left and right edges in turns. */
interface Marks {
  readonly failed: number[]
  readonly path: number[]
}

function paintBar(
  row: RowColumns,
  place: RowPlace,
  colours: readonly BarColours[],
  around: RowSurroundings,
  bar: number,
  left: number,
  right: number,
): void {
  const { context, palette, density } = around
  const key = row.key[bar]!
  const flags = row.flags[bar]!
  const { bar: full, soft } = colours[key]!
  const isFound = place.matches === null || place.matches.has(row.span[bar]!)
  const width = right - left - Math.max(1, Math.round(density / 2))
  context.globalAlpha = isFound ? (flags & (barFlags.open | barFlags.cancelled) ? 0.45 : 1) : 0.25
  context.fillStyle = place.quiet ? soft : full
  context.fillRect(left, place.top, width, place.height)
  const wait = row.wait?.[bar] ?? 0
  if (wait > 0) {
    const queue = Math.min(width, Math.round((wait / (row.end[bar]! - row.start[bar]!)) * (right - left)))
    context.fillStyle = soft
    context.fillRect(left, place.top, queue, place.height)
    if (queue >= 3) {
      context.fillStyle = palette.hatch(context, density)
      context.fillRect(left, place.top, queue, place.height)
    }
  }
  if (place.hasText) writeBar(row, place, around, bar, left, width)
  context.globalAlpha = 1
}

function writeBar(
  row: RowColumns,
  place: RowPlace,
  { context, palette, fitter, density }: RowSurroundings,
  bar: number,
  left: number,
  width: number,
): void {
  // A bar that began out of sight is written in where it is in sight.
  const begin = Math.max(left, 0) + 4 * density
  const room = Math.min(left + width, context.canvas.width) - begin - 3 * density
  if (room < 18 * density) return
  const index = row.index?.[bar] ?? -1
  const text = fitter.fit(index >= 0 ? `#${index}` : (place.keys[row.key[bar]!]?.text ?? ''), room)
  if (text === '') return
  context.fillStyle = palette.tokens.ink
  context.fillText(text, begin, place.top + place.height / 2 + 0.5 * density)
}

/** A line below what is on the critical path, and a cross or a stroke where something failed. */
function paintMarks({ top, height }: RowPlace, { context, palette, density }: RowSurroundings, marks: Marks): void {
  const line = Math.max(1, Math.round((height > 8 * density ? 1.5 : 1) * density))
  context.fillStyle = palette.tokens.ink
  for (let at = 0; at < marks.path.length; at += 2) {
    context.fillRect(marks.path[at]!, top + height - line, Math.max(1, marks.path[at + 1]! - marks.path[at]! - 1), line)
  }
  context.fillStyle = palette.tokens['failed-ink']
  context.strokeStyle = palette.tokens['failed-ink']
  for (let at = 0; at < marks.failed.length; at += 2) {
    const [left, right] = [marks.failed[at]!, marks.failed[at + 1]!]
    context.fillRect(left, top, Math.max(line, right - left - 1), line)
    context.fillRect(left, top, line, height)
    if (right - left < 14 * density || height < 10 * density) continue
    const centre = right - 8 * density
    const arm = 3 * density
    const middle = top + height / 2
    context.lineWidth = 1.5 * density
    context.beginPath()
    context.moveTo(centre - arm, middle - arm)
    context.lineTo(centre + arm, middle + arm)
    context.moveTo(centre - arm, middle + arm)
    context.lineTo(centre + arm, middle - arm)
    context.stroke()
  }
}
