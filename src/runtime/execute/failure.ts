import { recordOf, StrobeError } from '../../base/index.ts'

/** Where in a run something failed. */
export interface FailurePlace {
  readonly node: string
  readonly item?: number
  readonly iteration?: number
}

/**
 * The error of a node: names the place, keeps what was thrown as its cause, and takes over its code; what is no error gets
 * `user.not-an-error`. A failure that has a place already is passed on.
 */
export function failureAt(place: FailurePlace, thrown: unknown): StrobeError {
  if (thrown instanceof StrobeError && 'node' in thrown.data) return thrown
  const { code, message } = recordOf(thrown, thrown instanceof Error ? 'user.error' : 'user.not-an-error')
  const where = place.item === undefined ? `Node "${place.node}"` : `Item ${place.item} of "${place.node}"`
  const turn = place.iteration === undefined ? '' : ` in iteration ${place.iteration}`
  return new StrobeError(code, `${where} failed${turn}: ${message}`, { data: { ...place }, cause: thrown })
}

/** Whether an error is nothing but the echo of an aborted signal. */
export function isAbort(thrown: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false
  return thrown === signal.reason || (thrown instanceof Error && thrown.name === 'AbortError')
}

/** What a failed span shows as its detail. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message.slice(0, 500) : 'something that is no Error was thrown'
}
