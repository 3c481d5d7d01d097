import { z } from 'zod'
import type { ErrorRecord } from '../base/index.ts'

/*
 * What the two sides say to each other. The client begins with `hello`, and the server answers with its own; only where
 * both name the same version of the contract does anything else follow.
 */

/** What a client says. */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), contractVersion: z.number() }),
  z.object({ type: z.literal('call'), id: z.int().min(0), method: z.string().max(100), params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.int().min(0) }),
  z.object({ type: z.literal('subscribe'), event: z.string().max(100) }),
  z.object({ type: z.literal('unsubscribe'), event: z.string().max(100) }),
  z.object({ type: z.literal('ping') }),
])
export type ClientMessage = z.infer<typeof clientMessage>

/** What a server says. */
export type ServerMessage =
  | { readonly type: 'hello'; readonly contractVersion: number }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorRecord }
  | { readonly type: 'event'; readonly event: string; readonly payload: unknown }
  | { readonly type: 'pong' }
