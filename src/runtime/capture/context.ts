import { AsyncLocalStorage } from 'node:async_hooks'

/** Row of the span in which the current code runs, carried through promises, timers and callbacks. */
const currentSpan = new AsyncLocalStorage<number>()

/** Runs `body` inside `span`: spans begun in it, however late, become its children. */
export function runInSpan<Result>(span: number, body: () => Result): Result {
  return currentSpan.run(span, body)
}

/** Row of the enclosing span, or −1 outside of any. */
export function enclosingSpan(): number {
  return currentSpan.getStore() ?? -1
}
