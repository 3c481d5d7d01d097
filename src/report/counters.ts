import { type Counter, markKinds, type Trace } from '../trace/index.ts'
import type { CollectionSummary, CounterSeries } from './model.ts'

/** Points of a counter that a report keeps. */
const keptPoints = 240

/** A counter thinned to its highest value in each of equal stretches, so that no peak is lost; `null` where it has no values. */
export function thinCounter(counter: Counter): CounterSeries | null {
  const points = counter.value.length
  if (points === 0) return null
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const value of counter.value) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  const time: number[] = []
  const value: number[] = []
  const stretch = Math.max(1, points / keptPoints)
  for (let begin = 0; Math.floor(begin) < points; begin += stretch) {
    const end = Math.min(points, Math.max(Math.floor(begin) + 1, Math.floor(begin + stretch)))
    let highest = Math.floor(begin)
    for (let point = highest; point < end; point++) if (counter.value[point]! > counter.value[highest]!) highest = point
    time.push(counter.time[highest]!)
    value.push(counter.value[highest]!)
  }
  return { name: counter.name, unit: counter.unit, time, value, points, min, mean: sum / points, max }
}

/** Garbage collections of a run; `null` where the trace has no spans either, so that nothing was looked for. */
export function summariseCollections(trace: Trace): CollectionSummary | null {
  if (trace.spans.kind.length === 0 && trace.marks.kind.length === 0) return null
  const summary = { count: 0, total: 0, longest: 0 }
  for (let mark = 0; mark < trace.marks.kind.length; mark++) {
    if (markKinds[trace.marks.kind[mark]!] !== 'gc') continue
    summary.count++
    summary.total += trace.marks.duration[mark]!
    summary.longest = Math.max(summary.longest, trace.marks.duration[mark]!)
  }
  return summary
}
