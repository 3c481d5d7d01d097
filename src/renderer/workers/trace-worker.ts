import { expose, transfer } from 'comlink'
import { type ErrorRecord, recordOf, StrobeError } from '../../base/index.ts'
import type { RunRecord } from '../../trace/index.ts'
import { buffersOf } from './hand-over.ts'
import { RequestQueue } from './request-queue.ts'
import { topics } from './topics/index.ts'
import { TraceLibrary } from './trace-library.ts'

/** One thing that the page asks of a trace. */
export interface TraceRequest {
  /** By which it can be cancelled. */
  readonly id: number
  readonly record: RunRecord
  readonly topic: string
  readonly method: string
  readonly args: readonly unknown[]
}

/** Errors cross as data: comlink would lose their codes. */
export type TraceAnswer = { readonly value: unknown } | { readonly error: ErrorRecord }

type BuiltTopic = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

const library = new TraceLibrary(fetchBlob)
const queue = new RequestQueue(nextTask)
const built = new WeakMap<object, Map<string, BuiltTopic>>()

const worker = {
  async ask(request: TraceRequest): Promise<TraceAnswer> {
    try {
      const value = await queue.add(request.id, () => answer(request))
      return transfer({ value }, [...buffersOf(value)])
    } catch (thrown) {
      return { error: recordOf(thrown, 'trace.bug') }
    }
  },
  cancel(id: number): void {
    queue.cancel(id)
  },
}
export type TraceWorker = typeof worker

expose(worker)

async function answer({ record, topic, method, args }: TraceRequest): Promise<unknown> {
  const trace = await library.open(record)
  const known = built.get(trace) ?? new Map<string, BuiltTopic>()
  built.set(trace, known)
  const make = topics[topic as keyof typeof topics] as unknown as (...of: unknown[]) => BuiltTopic
  const methods = known.get(topic) ?? make(trace, library)
  known.set(topic, methods)
  return await methods[method]!(...args)
}

async function fetchBlob(blob: string): Promise<Uint8Array> {
  let response: Response
  try {
    response = await fetch(`/blob/${encodeURIComponent(blob)}`)
  } catch (cause) {
    throw new StrobeError('connection.lost', 'The trace could not be fetched: the engine does not answer.', { cause })
  }
  if (response.status === 404)
    throw new StrobeError('trace.gone', 'This run has no trace any more. Run the workflow again to record one.')
  if (!response.ok)
    throw new StrobeError('connection.lost', `The trace could not be fetched: the engine answered ${response.status}.`)
  return new Uint8Array(await response.arrayBuffer())
}

const ticks = new MessageChannel()

/** Lets the messages in that have come meanwhile. A timer would wait 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    ticks.port1.onmessage = () => resolve()
    ticks.port2.postMessage(null)
  })
}
