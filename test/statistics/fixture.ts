import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** Reads a reference file and makes sure that it holds something. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/statistics', `${name}.json`), 'utf8')) as T
}

/** Equal within a relative tolerance. */
export function expectClose(
  actual: number | null | undefined,
  expected: number | null,
  relative: number,
  what: string,
) {
  if (expected === null) {
    expect(actual, what).toBeNull()
    return
  }
  expect(actual, what).toBeTypeOf('number')
  const difference = Math.abs((actual as number) - expected)
  if (!(difference <= relative * Math.abs(expected) || difference <= 1e-300)) {
    expect.fail(`${what}: ${actual} is not ${expected} within ${relative} (off by ${difference})`)
  }
}

/** Equal within an absolute tolerance: for probabilities. */
export function expectNear(actual: number | null | undefined, expected: number, absolute: number, what: string) {
  expect(actual, what).toBeTypeOf('number')
  const difference = Math.abs((actual as number) - expected)
  if (!(difference <= absolute))
    expect.fail(`${what}: ${actual} is not ${expected} within ${absolute} (off by ${difference})`)
}
