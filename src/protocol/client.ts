import type { EventName, InputOf, MethodName, ParamsOf, PayloadOf, ResultOf } from './contract.ts'

/** Whether the other side can be reached. `refused`: it speaks another version of the contract. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

/** The engine as the user interface sees it, whatever lies between. */
export interface StudioClient {
  /** Calls a method. Rejects with a `StrobeError`: the engine's own, `connection.lost`, or `cancelled` when `signal` aborts. */
  call<Name extends MethodName>(
    name: Name,
    params: ParamsOf<Name>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ResultOf<Name>>
  /** Listens to an event, also across a reconnection, until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (payload: PayloadOf<Name>) => void): () => void
  readonly state: ConnectionState
  /** Why the engine cannot be reached or refuses, as a sentence; absent where all is well. */
  readonly problem?: string | undefined
  /** Tells every change of `state` until the returned function is called. */
  onState(listener: (state: ConnectionState) => void): () => void
  close(): void
}

/** What a handler is told besides the params. */
export interface CallContext {
  /** Aborts when the caller cancels or goes away. */
  readonly signal: AbortSignal
}

/** All methods of the contract, done. Params were validated. */
export type StudioHandlers = {
  readonly [Name in MethodName]: (
    params: InputOf<Name>,
    context: CallContext,
  ) => ResultOf<Name> | Promise<ResultOf<Name>>
}

/** Bytes to be fetched under `/blob/`. */
export interface BlobContent {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mediaType: string
  /** Name to save it under; absent: it is data for the page. */
  readonly fileName?: string
  /** Whether the same id always has the same bytes. */
  readonly immutable: boolean
}

/** The engine behind the contract: what a shell serves. */
export interface StudioService {
  readonly handlers: StudioHandlers
  /** Listens to an event until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (payload: PayloadOf<Name>) => void): () => void
  /** Undefined where there is no such blob (any more). */
  blob(id: string): Promise<BlobContent | undefined>
  /** Ends what is going on, keeps what was measured, and closes the workspace. */
  close(): Promise<void>
}
