import { createHash } from 'node:crypto'
import { StrobeError } from '../base/index.ts'
import type { RunResult } from '../trace/index.ts'
import { canonicalShape, previewCanonical, writeCanonical } from '../workflow/index.ts'

/** Numbers that are compared one by one where a workflow states a tolerance. More would not be kept with every trial. */
const mostNumbers = 100_000

/**
 * Digests a result, so that runs can be compared without keeping what they computed. Throws `run.result-not-cloneable`
 * for what has no canonical form, functions for example, and names the place.
 */
export function digestResult(value: unknown, tolerance: number | undefined): RunResult {
  const digest = createHash('sha256')
  const refusal = writeCanonical(value, { text: (text) => digest.update(text), bytes: (bytes) => digest.update(bytes) })
  if (refusal) {
    throw new StrobeError(
      'run.result-not-cloneable',
      `The result cannot be kept: ${refusal.path} ${refusal.reason}. Select plain data in .result().`,
      { data: { path: refusal.path } },
    )
  }
  const preview = previewCanonical(value, 2000)
  const text = digest.digest('hex')
  if (!tolerance) return { digest: text, shape: text, preview }
  const { shape, numbers } = canonicalShape(value)
  if (numbers.length > mostNumbers) {
    throw new StrobeError(
      'run.result-too-large',
      `The result holds ${numbers.length} numbers; with a tolerance at most ${mostNumbers} can be compared. Select less in .result(), or leave the tolerance out.`,
    )
  }
  return {
    digest: text,
    shape: createHash('sha256').update(shape).digest('hex'),
    numbers: Float64Array.from(numbers),
    preview,
  }
}
