import { StrobeError } from './errors.ts'

/** How far a long operation is. All parts are optional: say what is known. */
export interface ProgressUpdate {
  /** What is being done now, in a few words: `block 3 of 16`. */
  readonly message?: string
  readonly done?: number
  readonly total?: number
  /** Live value worth a glance, already formatted: an estimate in grey, the metric of the last iteration. */
  readonly detail?: string
}

/**
 * An argument of everything that can take longer than a blink: says how far it is, takes log lines, and carries the
 * signal by which the caller cancels or sets a deadline.
 */
export interface Progress {
  readonly signal: AbortSignal
  update(update: ProgressUpdate): void
  log(line: string): void
}

/** A progress that nobody watches and nobody cancels. */
export function silentProgress(signal: AbortSignal = new AbortController().signal): Progress {
  return { signal, update() {}, log() {} }
}

/** Throws `cancelled` when the caller has cancelled: call it between the steps of a long operation. */
export function throwIfCancelled(progress: Progress): void {
  if (progress.signal.aborted) throw new StrobeError('cancelled', 'The operation was cancelled.')
}
