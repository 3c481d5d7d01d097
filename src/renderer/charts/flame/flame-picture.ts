import type { FlameRectangles } from '../../../analysis/index.ts'

/** Rectangles for a scale at which many are narrower than a pixel: those are merged with their neighbours. */
export interface DetailLevel {
  /** Nanoseconds: nothing narrower is left, but for what had no neighbour to merge with. */
  readonly resolution: number
  /** As those of the rectangles: levels of the flame graph, from left to right. */
  readonly offsets: Uint32Array
  readonly start: Float64Array
  readonly end: Float64Array
  /** Row of the tree of its widest part. */
  readonly row: Uint32Array
  /** What its parts take together, in nanoseconds: less than its width where there are holes. */
  readonly weight: Float64Array
  /** Its parts in the next finer level: from here up to, and without, what the next one begins with. One more than there are. */
  readonly first: Uint32Array
}

/** A flame graph ready to be drawn at any scale: the cost of drawing follows pixels. */
export interface FlamePicture {
  readonly rectangles: FlameRectangles
  /** From fine to coarse; each is made of the one before it, the first of the rectangles. */
  readonly details: readonly DetailLevel[]
}

/** What is in sight, in the units of the rectangles; `from < to`. */
export interface FlameWindow {
  readonly from: number
  readonly to: number
}

/** Rectangles or a detail level of them. */
type Rectangles = Pick<DetailLevel, 'offsets' | 'start' | 'end' | 'row'> & { readonly weight?: Float64Array }

/** Columns of pixels that the coarsest detail level suffices for. */
const fewestColumns = 2048
/** How much coarser each level is than the one before. */
const step = 3
/** So few rectangles are drawn without any. */
const fewRectangles = 20_000

/** Adds the detail levels. O(rectangles); together they are smaller than the rectangles. */
export function buildPicture(rectangles: FlameRectangles): FlamePicture {
  const details: DetailLevel[] = []
  const { from, to, start } = rectangles
  const span = to - from
  if (start.length <= fewRectangles || !(span > 0)) return { rectangles, details }
  // Below the mean width hardly anything would merge.
  const finest = (span * (rectangles.offsets.length - 1)) / start.length
  let resolution = span / fewestColumns
  while (resolution / step >= finest) resolution /= step
  let finer: Rectangles = rectangles
  for (; resolution <= span / fewestColumns; resolution *= step) {
    const merged = mergeNarrow(finer, resolution)
    // A level that saves little is not worth its memory.
    if (merged.start.length > 0.7 * finer.start.length) continue
    details.push(merged)
    finer = merged
  }
  return { rectangles, details }
}

/** The coarsest set of rectangles that looks the same as all of them where a pixel is `pixel` nanoseconds wide. */
export function detailFor(picture: FlamePicture, pixel: number): Rectangles {
  return picture.details.findLast(({ resolution }) => resolution <= pixel) ?? picture.rectangles
}

/** Merges neighbours that are narrower than `resolution` and begin in the same stretch of that length. */
function mergeNarrow(finer: Rectangles, resolution: number): DetailLevel {
  const most = finer.start.length
  const start = new Float64Array(most)
  const end = new Float64Array(most)
  const row = new Uint32Array(most)
  const weight = new Float64Array(most)
  const first = new Uint32Array(most + 1)
  const offsets = new Uint32Array(finer.offsets.length)
  let count = 0
  for (let level = 0; level + 1 < finer.offsets.length; level++) {
    let cell = Number.NaN
    let widest = 0
    for (let index = finer.offsets[level]!; index < finer.offsets[level + 1]!; index++) {
      const left = finer.start[index]!
      const right = finer.end[index]!
      const own = finer.weight ? finer.weight[index]! : right - left
      const here = right - left < resolution ? Math.floor(left / resolution) : Number.NaN
      if (here === cell) {
        end[count - 1] = right
        weight[count - 1]! += own
        if (own > widest) {
          widest = own
          row[count - 1] = finer.row[index]!
        }
        continue
      }
      cell = here
      widest = own
      start[count] = left
      end[count] = right
      row[count] = finer.row[index]!
      weight[count] = own
      first[count++] = index
    }
    offsets[level + 1] = count
  }
  first[count] = most
  return {
    ...{ resolution, offsets, start: start.slice(0, count), end: end.slice(0, count) },
    ...{ row: row.slice(0, count), weight: weight.slice(0, count), first: first.slice(0, count + 1) },
  }
}

/** Arrays of a picture, for handing it from thread to thread. */
export function columnsOf({ rectangles, details }: FlamePicture): ArrayBufferView[] {
  const own = (set: Rectangles) => [set.offsets, set.start, set.end, set.row]
  return [...own(rectangles), ...details.flatMap((detail) => [...own(detail), detail.weight, detail.first])]
}

/** Index of the first rectangle of a level that ends after `value`, within `offsets`. */
export function firstAfter({ offsets, end }: Rectangles, level: number, value: number): number {
  let low = offsets[level]!
  let high = offsets[level + 1]!
  while (low < high) {
    const middle = (low + high) >>> 1
    if (end[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
