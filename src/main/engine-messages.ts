import type { BlobAnswer, BlobConditions, BlobRequest } from '../protocol/index.ts'

/*
 * What the main process and the engine's process say to each other over their own channel. The page's messages do not pass
 * here: the page and the engine share a port.
 */

/** Which workspace to open first: a folder, or the studio's own copy of the samples. */
export type FirstWorkspace = string | { readonly samples: true }

/** What the main process tells the engine's. Some messages carry one port. */
export type MainToEngine =
  /** The first message. Without a workspace the one that was open last is opened, or the samples. */
  | { readonly type: 'start'; readonly dataDirectory: string; readonly workspace?: FirstWorkspace }
  /** Carries the port of a page that wants to be served. */
  | { readonly type: 'page' }
  /** Carries the port of a runner that was forked. */
  | { readonly type: 'runner-forked'; readonly runner: number; readonly pid: number | undefined }
  | {
      readonly type: 'runner-ended'
      readonly runner: number
      readonly code: number | null
      readonly signal: string | null
      /** The end of what it wrote to its error output. */
      readonly lastWords: string
    }
  | {
      readonly type: 'blob'
      readonly number: number
      readonly request: BlobRequest
      readonly conditions: BlobConditions
    }
  /** End what is going on and close the workspace; answered by `closed`. */
  | { readonly type: 'close' }

/** What the engine's process tells the main one. */
export type EngineToMain =
  | { readonly type: 'fork-runner'; readonly runner: number; readonly environment: Readonly<Record<string, string>> }
  | { readonly type: 'kill-runner'; readonly runner: number }
  /** `answer` is absent where there is no such blob; `problem` says what went wrong where it could not be made. */
  | { readonly type: 'blob'; readonly number: number; readonly answer?: BlobAnswer; readonly problem?: string }
  /** What is open now, and the folders that were, latest first. */
  | { readonly type: 'workspace'; readonly open?: FirstWorkspace; readonly recent: readonly string[] }
  | { readonly type: 'closed' }
