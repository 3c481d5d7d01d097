import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type CallEvent, callChannelName } from '../../src/toolkit/index.ts'

/** Listens as the capture does, and keeps every event. */
export function recordCalls(name?: string): {
  events: CallEvent[]
  stop(): void
  of<Type extends CallEvent['type']>(type: Type): Extract<CallEvent, { type: Type }>[]
} {
  const events: CallEvent[] = []
  const listen = (message: unknown) => {
    const event = message as CallEvent
    if (event.type === 'open' && name !== undefined) event.resource.name = name
    events.push(event)
  }
  subscribe(callChannelName, listen)
  return {
    events,
    stop: () => unsubscribe(callChannelName, listen),
    of: <Type extends CallEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<CallEvent, { type: Type }> => event.type === type),
  }
}
