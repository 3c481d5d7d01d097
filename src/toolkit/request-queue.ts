import type { CallHandle } from './call-channel.ts'
import type { SqliteRequest, SqlValue } from './sqlite-messages.ts'

/** Somebody who waits for an outcome. */
export interface Caller {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly call: CallHandle | undefined
  /** When it began to queue; 0 where the thread was free, and where nobody listens. */
  readonly calledAt: number
}

/** A request with those who wait for it. */
export interface QueuedRequest {
  readonly operation: SqliteRequest['operation']
  readonly detail: string
  readonly callers: number
  /** When it was handed to the thread; 0 before, and where nobody listens. */
  sentAt: number
  request(): SqliteRequest
  /** The callers of each key of a lookup; of other operations the one caller, as the only element. */
  readonly waiting: readonly (readonly Caller[])[]
}

/**
 * Requests that have not gone to the thread yet, in the order of the calls. Lookups of the same column join until
 * their statement has `lookupBatch` keys; equal keys share one. Nothing joins over a request that might write, so that each lookup
 * sees what was written before it and nothing that is written after it.
 */
export class RequestQueue {
  readonly #lookupBatch: number
  #requests: QueuedRequest[] = []
  readonly #joinable = new Map<string, LookupRequest>()
  #callers = 0

  constructor(lookupBatch: number) {
    this.#lookupBatch = lookupBatch
  }

  /** Callers whose requests are still here. */
  get callers(): number {
    return this.#callers
  }

  get isEmpty(): boolean {
    return this.#requests.length === 0
  }

  add(request: SqliteRequest, detail: string, caller: Caller): void {
    this.#joinable.clear()
    this.#callers++
    const { operation } = request
    this.#requests.push({ operation, detail, callers: 1, sentAt: 0, request: () => request, waiting: [[caller]] })
  }

  addLookup(table: string, column: string, key: SqlValue, detail: string, caller: Caller): void {
    this.#callers++
    const target = `${table}\n${column}`
    const joinable = this.#joinable.get(target)
    if (joinable !== undefined && this.#lookupBatch > 1 && joinable.join(key, caller, this.#lookupBatch)) return
    const lookup = new LookupRequest(table, column, detail)
    lookup.join(key, caller, 1)
    this.#joinable.set(target, lookup)
    this.#requests.push(lookup)
  }

  /** Takes the oldest `most` requests out. */
  take(most: number): QueuedRequest[] {
    const taken = this.#requests.slice(0, most)
    this.#requests = this.#requests.slice(most)
    for (const request of taken) this.#callers -= request.callers
    // What was taken can be joined no more. Requests left behind are full lookups, or what came after them: cheap to forget.
    this.#joinable.clear()
    return taken
  }
}

class LookupRequest implements QueuedRequest {
  readonly operation = 'lookup'
  readonly detail: string
  sentAt = 0
  callers = 0
  readonly waiting: Caller[][] = []
  readonly #table: string
  readonly #column: string
  readonly #keys = new Map<SqlValue, number>()

  constructor(table: string, column: string, detail: string) {
    this.#table = table
    this.#column = column
    this.detail = detail
  }

  /** Adds a caller of `key` unless that makes more than `most` keys. */
  join(key: SqlValue, caller: Caller, most: number): boolean {
    const place = this.#keys.get(key)
    if (place !== undefined) {
      this.waiting[place]?.push(caller)
    } else {
      if (this.#keys.size >= most) return false
      this.#keys.set(key, this.waiting.length)
      this.waiting.push([caller])
    }
    this.callers++
    return true
  }

  request(): SqliteRequest {
    return { operation: 'lookup', table: this.#table, column: this.#column, keys: [...this.#keys.keys()] }
  }
}
