import { channel } from 'node:diagnostics_channel'

/**
 * # What the toolkit tells about itself
 *
 * Every resource of the toolkit publishes what it does as plain objects on the channel `strobe:call` of
 * `node:diagnostics_channel`. Whoever wants to know subscribes there; the toolkit knows no subscriber. Without one,
 * a call costs the look at `hasSubscribers` and nothing is built.
 *
 * In the order in which a subscriber sees them:
 *
 * 1. `open` — synchronously inside the caller's `sqlite(…)` or `http(…)`. `resource` is an object of the resource's own, which
 *    all its later events come from: the subscriber may set `resource.name` to what the workflow calls it (`db`); every later event then says that
 *    name in its `resource`. Unset, it is the resource's kind (`sqlite`, `http`).
 * 2. `start` — synchronously inside the call, in the caller's async context, so that an AsyncLocalStorage of the
 *    subscriber tells the enclosing span. `call` is an empty object of this one call; `call.span` belongs to the subscriber.
 * 3. `waiting` — whenever the number of callers that queue for the resource changes.
 * 4. `send` and `sent` — around the synchronous hand-over of an http call to undici, which publishes its own
 *    `undici:request:create` inside. A subscriber that listens to undici too remembers the `request` of whatever is created
 *    between the two, and leaves that request alone: it is this call already.
 * 5. `work` — what the resource really did: one statement, possibly on behalf of several calls. Comes before the `end` of these calls, after it was done.
 *    Preparing a statement is work of its own (operation `prepare`, detail `PREPARE …`, quantity 0), so that it does not blur what a batch costs.
 * 6. `end` — when the call settles, in no particular async context. `waitNanoseconds` is the part of the call at its beginning in
 *    which it queued for a slot of the resource (0 where a slot was free).
 *
 * A call whose `start` nobody saw publishes no `end`. Times are nanoseconds of `process.hrtime.bigint()` as Number: the
 * same clock in all threads of a process.
 */
export type CallEvent = OpenEvent | StartEvent | SendEvent | WorkEvent | WaitingEvent | EndEvent

/** The name of the channel. */
export const callChannelName = 'strobe:call'

/** A resource as its events know it. */
export interface ResourceIdentity {
  readonly kind: 'sqlite' | 'http'
  /** What it is called in events; a subscriber may set it when the resource opens. */
  name: string
}

/** One call. Made by the toolkit, filled by the subscriber. */
export interface CallHandle {
  /** The subscriber's own. */
  span?: unknown
}

export interface OpenEvent {
  readonly type: 'open'
  readonly resource: ResourceIdentity
}

export interface StartEvent {
  readonly type: 'start'
  readonly call: CallHandle
  readonly resource: string
  /** The method: `lookup`, `all`, `json`, … */
  readonly operation: string
  /** The statement without its values, or method and URL pattern: `SELECT * FROM customers WHERE id IN (?)`, `GET /quote/:id`. */
  readonly detail: string
}

export interface SendEvent {
  readonly type: 'send' | 'sent'
  readonly call: CallHandle
}

export interface WorkEvent {
  readonly type: 'work'
  readonly resource: string
  readonly operation: string
  readonly detail: string
  readonly startHrtime: number
  readonly endHrtime: number
  /** Keys of a batched lookup; rows read or changed by other statements; statements of a transaction. */
  readonly quantity: number
  readonly ok: boolean
}

export interface WaitingEvent {
  readonly type: 'waiting'
  readonly resource: string
  /** Callers that queue now. */
  readonly count: number
}

export interface EndEvent {
  readonly type: 'end'
  readonly call: CallHandle
  readonly ok: boolean
  /** Rows read or changed, or bytes of the answer's body; −1 where unknown. */
  readonly quantity: number
  readonly waitNanoseconds: number
  readonly error?: { readonly code: string; readonly message: string }
}

/** The channel: publish only where `callChannel.hasSubscribers`. */
export const callChannel = channel(callChannelName)

/** Publishes one event; a function of its own so that the compiler sees the type. */
export function publish(event: CallEvent): void {
  callChannel.publish(event)
}

/** Now, in nanoseconds of the clock that all threads of the process share. */
export function hrtimeNanoseconds(): number {
  return Number(process.hrtime.bigint())
}
