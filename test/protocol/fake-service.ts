import type { EventName, StudioHandlers, StudioService } from '../../src/protocol/index.ts'

/** A service of which a test does the methods it needs; all others answer with an error. */
export interface FakeService extends StudioService {
  publish(name: EventName, payload: unknown): void
  /** How many listen to an event now. */
  listenersOf(name: EventName): number
}

type Handler = (params: never, context: { readonly signal: AbortSignal }) => unknown

export function fakeService(handlers: Readonly<Record<string, Handler>>): FakeService {
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  const listenersTo = (name: EventName) => listeners.get(name) ?? new Set()
  return {
    handlers: handlers as unknown as StudioHandlers,
    on: (name, listener) => {
      listeners.set(name, listenersTo(name).add(listener))
      return () => void listenersTo(name).delete(listener)
    },
    blob: async () => undefined,
    close: async () => {},
    publish: (name, payload) => {
      for (const listener of listenersTo(name)) listener(payload as never)
    },
    listenersOf: (name) => listenersTo(name).size,
  }
}

/** A promise, and the way to keep it. */
export function gate<Value = void>() {
  return Promise.withResolvers<Value>()
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}
