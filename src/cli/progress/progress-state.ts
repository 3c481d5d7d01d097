import type { ProgressUpdate } from '../../base/index.ts'

/** What is known about a piece of work that is going on. Times in milliseconds of one clock. */
export interface ProgressState {
  readonly startedAt: number
  readonly update: ProgressUpdate
  /** From where the speed is measured: when `done` was first seen for this `total`. */
  readonly basis: { readonly at: number; readonly done: number } | null
  /** When `done` last grew. */
  readonly grewAt: number
}

/** The state of work that begins now. */
export function beginProgress(now: number): ProgressState {
  return { startedAt: now, update: {}, basis: null, grewAt: now }
}

/**
 * The state after an update. One with a message says all that is known; of one without, the parts that it does not name
 * stay. Another `total` begins another count: the speed so far says nothing about it.
 */
export function advanceProgress(state: ProgressState, update: ProgressUpdate, now: number): ProgressState {
  const next = update.message === undefined ? { ...state.update, ...update } : update
  const { done, total } = next
  if (done === undefined || total === undefined) return { ...state, update: next, basis: null }
  const restarted =
    state.basis === null || total !== state.update.total || done < (state.update.done ?? 0) || done < state.basis.done
  if (restarted) return { ...state, update: next, basis: { at: now, done }, grewAt: now }
  const grew = done > (state.update.done ?? 0)
  return { ...state, update: next, grewAt: grew ? now : state.grewAt }
}

/**
 * Milliseconds until `done` is `total` at the speed so far, counted down since it last grew; `null` before anything was
 * done at a known speed.
 */
export function remainingTime(state: ProgressState, now: number): number | null {
  const { basis, update, grewAt } = state
  if (basis === null || update.done === undefined || update.total === undefined) return null
  const done = update.done - basis.done
  if (done <= 0 || grewAt <= basis.at) return null
  const left = ((grewAt - basis.at) / done) * (update.total - update.done)
  return Math.max(0, left - (now - grewAt))
}

/** Share that is done, from 0 to 1; `null` where it is not known. */
export function shareDone({ update }: ProgressState): number | null {
  const { done, total } = update
  if (done === undefined || total === undefined || !(total > 0)) return null
  return Math.min(1, Math.max(0, done / total))
}
