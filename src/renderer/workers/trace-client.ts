import { type Remote, wrap } from 'comlink'
import { errorFrom, StrobeError } from '../../base/index.ts'
import type { RunRecord } from '../../trace/index.ts'
import type { TopicAnswer, TopicArguments, TopicMethod, TopicName } from './topics/index.ts'
import type { TraceWorker } from './trace-worker.ts'

let started: { readonly remote: Remote<TraceWorker>; readonly died: Promise<never> } | undefined
let lastId = 0

/**
 * Asks the trace worker, which all screens share: `askTrace(record, 'nodes', 'table', [null])`. Rejects with a `StrobeError`:
 * `cancelled` when `signal` aborts before the worker got to it, `trace.gone`, `trace.damaged`, or what the topic threw.
 */
export async function askTrace<Name extends TopicName, Method extends TopicMethod<Name>>(
  record: RunRecord,
  topic: Name,
  method: Method,
  args: TopicArguments<Name, Method>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<TopicAnswer<Name, Method>> {
  const { signal } = options
  if (signal?.aborted) throw cancelled()
  started ??= start()
  const { remote, died } = started
  const id = ++lastId
  const cancel = () => void remote.cancel(id)
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    const answer = await Promise.race([remote.ask({ id, record, topic, method, args }), died])
    // It may have been computed already when it was cancelled: nobody wants it all the same.
    if (signal?.aborted) throw cancelled()
    if ('error' in answer) throw errorFrom(answer.error)
    return answer.value as TopicAnswer<Name, Method>
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

function start() {
  const worker = new Worker(new URL('./trace-worker.ts', import.meta.url), { type: 'module', name: 'traces' })
  const died = new Promise<never>((_resolve, reject) => {
    worker.addEventListener('error', ({ message }) => {
      worker.terminate()
      // The next question starts a new one.
      started = undefined
      reject(
        new StrobeError(
          'trace.worker-died',
          `What reads traces in the background ended: ${message || 'it could not be started'}. Try again.`,
        ),
      )
    })
  })
  died.catch(() => {})
  return { remote: wrap<TraceWorker>(worker), died }
}

function cancelled(): StrobeError {
  return new StrobeError('cancelled', 'The question was withdrawn.')
}
