import type { ErrorRecord } from '../base/index.ts'
import type { Typed } from './typed.ts'

/** What the process that people see tells the one that serves, once: what to do. */
export interface StartMessage {
  readonly typed: Typed
  /** What lets in: the same after a restart, so that open pages find their way back. */
  readonly token: string
}

/** A studio that can be opened now. */
export interface ReadyMessage {
  readonly type: 'ready'
  readonly address: string
  readonly pid: number
  readonly port: number
  /** Whether another studio was found, which goes on. */
  readonly isElsewhere: boolean
  /** What to know about it, in sentences. */
  readonly notes: readonly string[]
}

/** What the process that serves tells the one that people see. */
export type ServerMessage =
  | ReadyMessage
  | { readonly type: 'failed'; readonly error: ErrorRecord }
  /** Another workspace was opened: absolute path. */
  | { readonly type: 'workspace'; readonly path: string }
