import { writeCanonical } from '../../workflow/index.ts'

/** States larger than this, in characters of canonical text and bytes of buffers, are not digested: it would cost more than it tells. */
const limit = 65_536

class TooLarge extends Error {}

/**
 * A 64-bit digest of a cycle's state, as two halves; both 0 where the state is too large to digest every turn or holds
 * what has no canonical form. Equal digests of two turns mean that the cycle is going round.
 *
 * It is taken after every turn, between the user's code: two lanes of multiply-and-rotate, finished as MurmurHash3 (A. Appleby)
 * does, cost a twentieth of setting up a cryptographic digest, and nobody forges the state of their own cycle.
 */
export function digestState(state: unknown): readonly [high: number, low: number] {
  let [high, low] = [0x9e3779b9 | 0, 0x7f4a7c15]
  let size = 0
  const add = (code: number) => {
    const mixedHigh = Math.imul(high ^ code, 0xcc9e2d51)
    high = (mixedHigh << 15) | (mixedHigh >>> 17)
    const mixedLow = Math.imul(low ^ code, 0x1b873593)
    low = (mixedLow << 13) | (mixedLow >>> 19)
  }
  const grow = (length: number) => {
    size += length
    if (size > limit) throw new TooLarge()
  }
  try {
    const refusal = writeCanonical(state, {
      text: (text) => {
        grow(text.length)
        for (let at = 0; at < text.length; at++) add(text.charCodeAt(at))
      },
      bytes: (bytes) => {
        grow(bytes.length)
        for (let at = 0; at < bytes.length; at++) add(bytes[at]!)
      },
    })
    if (refusal) return [0, 0]
  } catch (thrown) {
    if (thrown instanceof TooLarge) return [0, 0]
    throw thrown
  }
  const crossed = finish(high ^ size)
  return [crossed, finish(low ^ crossed)]
}

function finish(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}
