import { endOf } from '../../../analysis/index.ts'
import type { Trace } from '../../../trace/index.ts'
import type { DensityColumns } from '../../charts/timeline/model.ts'

/** How many of the spans were under way over time, and how many of those were queueing. */
export function buildDensity(trace: Trace, spans: readonly number[]): DensityColumns {
  const { start, wait } = trace.spans
  const queued = spans.filter((span) => wait[span]! > 0)
  return {
    ...areaUnder(
      Float64Array.from(spans, (span) => start[span]!),
      Float64Array.from(spans, (span) => endOf(trace, span)),
    ),
    queueing:
      queued.length === 0
        ? null
        : areaUnder(
            Float64Array.from(queued, (span) => start[span]!),
            Float64Array.from(queued, (span) => Math.min(endOf(trace, span), start[span]! + wait[span]!)),
          ),
  }
}

function areaUnder(starts: Float64Array, ends: Float64Array): { time: Float64Array; area: Float64Array } {
  starts.sort()
  ends.sort()
  const time = new Float64Array(starts.length * 2)
  const area = new Float64Array(starts.length * 2)
  let open = 0
  let s = 0
  let e = 0
  for (let point = 0; point < time.length; point++) {
    const isStart = s < starts.length && starts[s]! <= ends[e]!
    const now = isStart ? starts[s++]! : ends[e++]!
    time[point] = now
    area[point] = point === 0 ? 0 : area[point - 1]! + open * (now - time[point - 1]!)
    open += isStart ? 1 : -1
  }
  return { time, area }
}
