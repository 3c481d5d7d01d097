import type { Bars, Density } from './model.ts'

/** A span on the axis of its timeline; times in nanoseconds since the workflow's start. */
export interface PlacedSpan {
  readonly start: number
  readonly end: number
  readonly wait: number
  readonly failed: boolean
}

/** In which row each span lies so that none overlap, and how many rows that takes: the most spans at one moment. */
export interface Packing {
  readonly rows: number
  readonly row: readonly number[]
}

/** The most spans under way at one moment; at least 1 where there are any. */
export function mostAtOnce(spans: readonly PlacedSpan[]): number {
  const ends = Float64Array.from(spans, ({ end }) => end).sort()
  let ended = 0
  let most = 0
  for (const [place, { start }] of spans.entries()) {
    while (ended < place && ends[ended]! <= start) ended++
    most = Math.max(most, place + 1 - ended)
  }
  return most
}

/** Puts spans, in order of their start, each into the first row that is free. O(spans · rows). */
export function packRows(spans: readonly PlacedSpan[]): Packing {
  const ends: number[] = []
  const row = spans.map(({ start, end }) => {
    const free = ends.findIndex((taken) => taken <= start)
    const chosen = free < 0 ? ends.length : free
    ends[chosen] = end
    return chosen
  })
  return { rows: ends.length, row }
}

/** Bars of spans packed into rows; those of a row that lie within one stretch of `resolution` become one bar. */
export function mergeBars(spans: readonly PlacedSpan[], packing: Packing, resolution: number): Bars {
  const bars: MutableBar[] = []
  const last: MutableBar[] = []
  for (const [place, { start, end, wait, failed }] of spans.entries()) {
    const row = packing.row[place]!
    const before = last[row]
    if (before && end - before.start < resolution) {
      before.end = Math.max(before.end, end)
      before.count++
      before.failed += Number(failed)
      before.wait += wait
      continue
    }
    const bar = { row, start, end, count: 1, failed: Number(failed), wait }
    last[row] = bar
    bars.push(bar)
  }
  return {
    rows: packing.rows,
    row: bars.map((bar) => bar.row),
    start: bars.map((bar) => bar.start),
    duration: bars.map((bar) => bar.end - bar.start),
    count: bars.map((bar) => bar.count),
    failed: bars.map((bar) => bar.failed),
    wait: bars.map((bar) => bar.wait),
  }
}

/** Slices of a lane that is drawn as how many spans were under way. */
const slices = 300

/** The mean number under way, and queueing, in each of 300 equal slices of `duration`. */
export function densityOf(spans: readonly PlacedSpan[], duration: number): Density {
  const active = new Float64Array(slices)
  const queueing = new Float64Array(slices)
  for (const { start, end, wait } of spans) {
    cover(active, start, end, duration)
    cover(queueing, start, Math.min(end, start + wait), duration)
  }
  // Three decimals are finer than a pixel and keep the report small.
  const rounded = (values: Float64Array) => Array.from(values, (value) => Math.round(value * 1000) / 1000)
  return { active: rounded(active), queueing: rounded(queueing) }
}

function cover(into: Float64Array, start: number, end: number, duration: number): void {
  if (!(end > start) || !(duration > 0)) return
  const slice = duration / slices
  const last = Math.min(slices - 1, Math.floor(end / slice))
  for (let index = Math.max(0, Math.floor(start / slice)); index <= last; index++) {
    const covered = Math.min(end, (index + 1) * slice) - Math.max(start, index * slice)
    if (covered > 0) into[index]! += covered / slice
  }
}

interface MutableBar {
  readonly row: number
  readonly start: number
  end: number
  count: number
  failed: number
  wait: number
}
