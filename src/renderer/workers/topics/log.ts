import { buildEventLog, type EventLog } from '../../../analysis/index.ts'
import type { TimeRange } from '../clip-trace.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** What a run said, and where its clock begins: the workflow's start, in nanoseconds since the trace's origin. */
export interface LogAnswer extends EventLog {
  readonly zero: number
}

/** What a run said: log lines, alerts, failures. */
export function logTopic(loaded: LoadedTrace) {
  let all: LogAnswer | undefined
  return {
    /** In the order of time; spans are those of the whole trace. */
    events(range: TimeRange | null): LogAnswer {
      const { root } = loaded.whole.tree
      all ??= { ...buildEventLog(loaded.trace), zero: root < 0 ? 0 : loaded.trace.spans.start[root]! }
      return range === null ? all : eventsBetween(all, range)
    },
  }
}

function eventsBetween(log: LogAnswer, { from, to }: TimeRange): LogAnswer {
  const begin = log.time.findIndex((time) => time >= from)
  const after = log.time.findIndex((time) => time > to)
  const last = after < 0 ? log.time.length : after
  const first = begin < 0 ? last : begin
  return {
    zero: log.zero,
    ...{ time: log.time.slice(first, last), kind: log.kind.slice(first, last), span: log.span.slice(first, last) },
    ...{ name: log.name.slice(first, last), text: log.text.slice(first, last), node: log.node.slice(first, last) },
  }
}
