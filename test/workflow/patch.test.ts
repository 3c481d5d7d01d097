import { formatPatch, mergePatches, patchesEqual } from 'strobe'
import { expect, it } from 'vitest'

it('mergePatches lets the upper patch win, knob by knob', () => {
  const lower = { quotes: { concurrency: 4, chunk: 2 }, db: { batch: 1 } }
  const upper = { quotes: { concurrency: 16 }, run: { maxConcurrency: 2 } }
  expect(mergePatches(lower, upper)).toEqual({
    quotes: { concurrency: 16, chunk: 2 },
    db: { batch: 1 },
    run: { maxConcurrency: 2 },
  })
  expect(lower.quotes.concurrency).toBe(4)
  expect(mergePatches(lower, { quotes: { concurrency: undefined } })).toEqual(lower)
})

it('patchesEqual looks at what is set, not at how it is written', () => {
  expect(patchesEqual({ a: { x: 1, y: 2 }, b: { z: 3 } }, { b: { z: 3 }, a: { y: 2, x: 1 } })).toBe(true)
  expect(patchesEqual({ a: { x: 1 }, b: {} }, { a: { x: 1, y: undefined } })).toBe(true)
  expect(patchesEqual({ params: { p: { k: 1, l: 2 } } }, { params: { p: { l: 2, k: 1 } } })).toBe(true)
  expect(patchesEqual({ a: { x: 1 } }, { a: { x: '1' } })).toBe(false)
  expect(patchesEqual({ a: { x: 1 } }, { b: { x: 1 } })).toBe(false)
  expect(patchesEqual({ a: { x: 1 } }, {})).toBe(false)
})

it('formatPatch writes a patch in one line', () => {
  expect(formatPatch({ quotes: { concurrency: 16 }, db: { lookupBatch: 100 } })).toBe(
    'quotes.concurrency = 16, db.lookupBatch = 100',
  )
  expect(formatPatch({ params: { mode: 'fast', on: true, list: [1, 2] } })).toBe(
    'params.mode = fast, params.on = true, params.list = [1,2]',
  )
  expect(formatPatch({})).toBe('no change')
})
