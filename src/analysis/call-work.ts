import type { Trace } from '../trace/index.ts'
import { endOf, kindIndex, textOf } from './span-tree.ts'

/**
 * What calls cost the event loop's thread, relative to one message to a database thread and back. Measured with the
 * toolkit's own resources by the thread's CPU time: lookups one by one 49 µs each, 64 at once 3 µs each; requests 250 µs each.
 * Only the ratios are used: how long a unit takes is told by each trace.
 */
export const callWork = {
  /** A message to a database thread and its replies, however many statements it carries. */
  message: 1,
  /** One call that shares such a message. */
  caller: 0.07,
  /** Any other call: a request over a socket. */
  request: 5,
} as const

/** Statements of one message follow each other within microseconds; between messages lies the way back and there. */
const longestGapInMessage = 15_000

/**
 * How many calls a message to a database thread carried on average: the statements are told apart by the pauses between
 * them. 1 where there are no statements.
 */
export function callsPerMessage(trace: Trace, resource: string, calls: number): number {
  const { kind, name, start } = trace.spans
  const works = [...kind.keys()].filter(
    (span) => kind[span] === kindIndex.work && textOf(trace, name[span]!) === resource,
  )
  works.sort((a, b) => start[a]! - start[b]!)
  let messages = 0
  let end = Number.NEGATIVE_INFINITY
  for (const work of works) {
    if (start[work]! - end > longestGapInMessage) messages++
    end = Math.max(end, endOf(trace, work))
  }
  return messages > 0 ? Math.max(1, calls / messages) : 1
}
