import { z } from 'zod'

// Without it, a schema tries to compile itself the moment it is declared, which a page's policy forbids and reports. This room's
// schemas import this file, so that it runs before them.
z.config({ jitless: true })

/** One method of the contract: what callers send is validated before anything else sees it; what it answers is typed. */
export interface Method<Schema extends z.ZodType, Result> {
  readonly params: Schema
  /** Says the type of the answer; never set. */
  readonly result?: Result
}

/** Declares a method: `method<Answer>()(schema)`. */
export function method<Result>() {
  return <Schema extends z.ZodType>(params: Schema): Method<Schema, Result> => ({ params })
}

/** One event of the contract; subscribers get its payloads in the order in which they were published. */
export interface EventKind<Payload> {
  /** Says the type of the payload; never set. */
  readonly payload?: Payload
}

/** Declares an event: `event<Payload>()`. */
export function event<Payload>(): EventKind<Payload> {
  return {}
}
