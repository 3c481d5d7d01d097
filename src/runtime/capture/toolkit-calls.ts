import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type CallEvent, callChannelName } from '../../toolkit/index.ts'
import type { Capture } from './capture.ts'
import { enclosingSpan } from './context.ts'
import type { CounterSink } from './counters.ts'
import type { ForeignRequests } from './foreign-requests.ts'
import { kindNumber, statusNumber } from './span-recorder.ts'

const opening = new AsyncLocalStorage<string>()

/** Runs a resource's `open`, so that what opens inside it is known by the workflow's name for it. */
export function namingResource<Result>(name: string, open: () => Result): Result {
  return opening.run(name, open)
}

/**
 * Turns what the toolkit publishes into spans: a `call` for each caller, a `work` for each thing that a resource really
 * did, and a counter of callers that queue. Ends when the returned function is called.
 */
export function watchToolkit(capture: Capture, foreign: ForeignRequests, counter: CounterSink): () => void {
  const { spans, strings, clock } = capture
  if (!spans) return () => {}
  const hear = (message: unknown) => {
    const event = message as CallEvent
    switch (event.type) {
      case 'open':
        event.resource.name = opening.getStore() ?? event.resource.name
        return
      case 'start': {
        const name = strings.idOf(`${event.resource}.${event.operation}`)
        const detail = strings.idOf(event.detail)
        event.call.span = spans.begin(kindNumber.call, name, enclosingSpan(), -1, detail, clock.now())
        return
      }
      case 'end':
        endCall(event)
        return
      case 'work': {
        const start = clock.fromHrtime(event.startHrtime)
        const end = clock.fromHrtime(event.endHrtime)
        const detail = strings.idOf(event.detail)
        const work = spans.begin(kindNumber.work, strings.idOf(event.resource), 0, -1, detail, start, 1)
        spans.end(work, end, event.ok ? statusNumber.ok : statusNumber.failed, event.quantity)
        return
      }
      case 'waiting':
        counter(`waiting:${event.resource}`, 'count', clock.now(), event.count)
        return
      case 'send':
        foreign.ignore(true)
        return
      case 'sent':
        foreign.ignore(false)
    }
  }
  const endCall = (event: Extract<CallEvent, { type: 'end' }>) => {
    const span = event.call.span
    if (typeof span !== 'number') return
    const detail = event.error ? strings.idOf(`${event.error.code}: ${event.error.message}`) : 0
    const status = event.ok ? statusNumber.ok : statusNumber.failed
    spans.end(span, clock.now(), status, event.quantity, event.waitNanoseconds, detail)
  }
  subscribe(callChannelName, hear)
  return () => {
    unsubscribe(callChannelName, hear)
  }
}
