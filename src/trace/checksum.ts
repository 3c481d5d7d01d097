/**
 * A 32-bit checksum against torn and flipped bytes (not against forgery): four lanes of multiply-and-xor over
 * little-endian words, so that it keeps up with the copy. `start` and `end` are multiples of 4 from the start of the
 * array's memory. Every change of a single word changes the result: each step is a bijection of its lane.
 */
export function checksum(words: Uint32Array, seed: number): number {
  let first = seed
  let second = ~seed
  let third = seed ^ 0x5bd1e995
  let fourth = ~seed ^ 0x5bd1e995
  const whole = words.length - (words.length % 4)
  let at = 0
  for (; at < whole; at += 4) {
    first = Math.imul(first ^ words[at]!, 0x9e3779b1)
    second = Math.imul(second ^ words[at + 1]!, 0x85ebca77)
    third = Math.imul(third ^ words[at + 2]!, 0xc2b2ae3d)
    fourth = Math.imul(fourth ^ words[at + 3]!, 0x27d4eb2f)
  }
  for (; at < words.length; at++) first = Math.imul(first ^ words[at]!, 0x9e3779b1)
  let sum = mix(first)
  sum = mix(sum ^ second)
  sum = mix(sum ^ third)
  return mix(sum ^ fourth)
}

function mix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}
