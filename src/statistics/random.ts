import { StrobeError } from '../base/index.ts'

/**
 * A seeded stream of random numbers that is the same in every engine: xoshiro128** (Blackman & Vigna 2021). Everything
 * that is drawn at random (orders, resamples, permutations) takes one, and its seed is stored with the result.
 */
export interface Random {
  /** A uniformly random integer in [0, 2³²). */
  uint32(): number
  /** A uniformly random integer in [0, bound), without modulo bias. `bound` is an integer from 1 to 2³². */
  below(bound: number): number
  /** A uniformly random number in [0, 1) with 32 random bits. */
  uniform(): number
}

/** A generator seeded with an integer in [0, 2³²). Throws `statistics.invalid-seed` for anything else. */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new StrobeError('statistics.invalid-seed', 'A seed is an integer from 0 to 4294967295.', { data: { seed } })
  }
  let [s0, s1, s2, s3] = expandSeed(seed)
  function uint32(): number {
    const product = Math.imul(s1, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 11) | (s3 >>> 21)
    return result
  }
  function below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new StrobeError('statistics.invalid-bound', 'A bound is an integer from 1 to 4294967296.', {
        data: { bound },
      })
    }
    // Values at or above the largest multiple of `bound` are drawn again, or the first few results would be likelier.
    const limit = Math.floor(2 ** 32 / bound) * bound
    let drawn = uint32()
    while (drawn >= limit) drawn = uint32()
    return drawn % bound
  }
  return { uint32, below, uniform: () => uint32() / 2 ** 32 }
}

/**
 * The four state words that a seed becomes: successive outputs of a 32-bit Weyl sequence through Murmur3's finaliser.
 */
export function expandSeed(seed: number): [number, number, number, number] {
  let weyl = seed | 0
  function next(): number {
    weyl = (weyl + 0x9e3779b9) | 0
    let mixed = weyl
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return mixed ^ (mixed >>> 16)
  }
  return [next(), next(), next(), next()]
}

/** Shuffles in place, uniformly (Fisher & Yates; Knuth's algorithm P, from the last element to the second). */
export function shuffle(items: { [index: number]: number; readonly length: number }, random: Random): void {
  for (let last = items.length - 1; last >= 1; last--) {
    const chosen = random.below(last + 1)
    const held = items[last] as number
    items[last] = items[chosen] as number
    items[chosen] = held
  }
}
