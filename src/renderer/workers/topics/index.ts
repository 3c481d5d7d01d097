import type { LoadedTrace } from '../loaded-trace.ts'
import type { TraceLibrary } from '../trace-library.ts'
import { callsTopic } from './calls.ts'
import { comparisonTopic } from './comparison.ts'
import { cyclesTopic } from './cycles.ts'
import { flameTopic } from './flame.ts'
import { flameDifferenceTopic } from './flame-difference.ts'
import { logTopic } from './log.ts'
import { nodesTopic } from './nodes.ts'
import { summaryTopic } from './summary.ts'
import { timelineTopic } from './timeline.ts'

/**
 * What the trace worker can be asked, by topic. To add one: a file here that exports `(trace) => ({ ...methods })`, and a line in this list.
 * A topic is made once per trace, so what it keeps in its closure is kept with the trace. Arguments and answers are cloned between the
 * threads: plain data and typed arrays; large columns made for the answer are named with `handOver`.
 */
export const topics = {
  calls: callsTopic,
  comparison: comparisonTopic,
  cycles: cyclesTopic,
  flame: flameTopic,
  flameDifference: flameDifferenceTopic,
  log: logTopic,
  nodes: nodesTopic,
  summary: summaryTopic,
  timeline: timelineTopic,
} satisfies Record<string, Topic>

/** Methods may be async, and take other runs' traces from `library`. */
type Topic = (trace: LoadedTrace, library: TraceLibrary) => Readonly<Record<string, (...args: never[]) => unknown>>

type Topics = typeof topics
export type TopicName = keyof Topics
type Methods<Name extends TopicName> = ReturnType<Topics[Name]>
export type TopicMethod<Name extends TopicName> = keyof Methods<Name> & string
type Callable<Name extends TopicName, Method extends TopicMethod<Name>> = Extract<
  Methods<Name>[Method],
  (...args: never[]) => unknown
>
/** Arguments of a topic's method. */
export type TopicArguments<Name extends TopicName, Method extends TopicMethod<Name>> = Parameters<
  Callable<Name, Method>
>
/** What a topic's method answers. */
export type TopicAnswer<Name extends TopicName, Method extends TopicMethod<Name>> = Awaited<
  ReturnType<Callable<Name, Method>>
>
