/**
 * Seeded random numbers for tasks: each node execution, item and turn has a stream of its own, so that what runs in which
 * order changes nothing about them. The stream is SplitMix32 (Steele, Lea & Flood 2014, 32-bit variant) over an FNV-1a hash of the
 * run's seed and the place; it is set up when it is first asked for a number.
 */
export function randomFor(seed: number, path: string, turn: number, index: number): () => number {
  let state: number | undefined
  return () => {
    state ??= hash(`${seed}/${path}/${turn}/${index}`)
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let position = 0; position < text.length; position++) {
    value = Math.imul(value ^ text.charCodeAt(position), 0x01000193)
  }
  return value
}
