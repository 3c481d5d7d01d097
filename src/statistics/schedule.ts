import { StrobeError } from '../base/index.ts'
import { createRandom, shuffle } from './random.ts'

/**
 * The orders of an experiment, block after block without end: each block holds every variant (0 to k−1) once, in an
 * independent uniformly random order (randomised multiple interleaved trials, Abedi & Brecht 2017). A block that was
 * discarded is replaced by the next one of the stream, so that the draw never depends on what was measured.
 */
export function* blockOrders(variants: number, seed: number): Generator<readonly number[], never> {
  if (!Number.isInteger(variants) || variants < 1) {
    throw new StrobeError('statistics.invalid-variants', 'A schedule needs at least one variant.', {
      data: { variants },
    })
  }
  const random = createRandom(seed)
  for (;;) {
    const order = Array.from({ length: variants }, (_, variant) => variant)
    shuffle(order, random)
    yield order
  }
}

/**
 * The first `blocks` orders of `blockOrders`: `[block][slot]` → variant. A longer schedule starts with the shorter one.
 */
export function blockSchedule(variants: number, blocks: number, seed: number): readonly (readonly number[])[] {
  if (!Number.isInteger(blocks) || blocks < 0) {
    throw new StrobeError('statistics.invalid-blocks', 'A schedule has a whole number of blocks.', { data: { blocks } })
  }
  const orders: (readonly number[])[] = []
  if (blocks === 0) return orders
  for (const order of blockOrders(variants, seed)) {
    orders.push(order)
    if (orders.length === blocks) break
  }
  return orders
}
