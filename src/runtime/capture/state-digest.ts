import { createHash } from 'node:crypto'
import { writeCanonical } from '../../workflow/index.ts'

/** States larger than this, in bytes of canonical text and buffers, are not digested: it would cost more than it tells. */
const limit = 65_536

class TooLarge extends Error {}

/**
 * A 64-bit digest of a cycle's state, as two halves; both 0 where the state is too large to digest every turn or holds
 * what has no canonical form. Equal digests of two turns mean that the cycle is going round.
 */
export function digestState(state: unknown): readonly [high: number, low: number] {
  const digest = createHash('sha1')
  let size = 0
  const add = (piece: string | Uint8Array) => {
    size += piece.length
    if (size > limit) throw new TooLarge()
    digest.update(piece)
  }
  try {
    if (writeCanonical(state, { text: add, bytes: add })) return [0, 0]
  } catch (thrown) {
    if (thrown instanceof TooLarge) return [0, 0]
    throw thrown
  }
  const bytes = digest.digest()
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4)]
}
