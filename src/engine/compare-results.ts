import type { ResultComparison, ResultDifference } from '../analysis/index.ts'
import type { RunRecord, RunResult } from '../trace/index.ts'
import { resultsAgree } from '../workflow/index.ts'

/** Holds the results of an experiment's trials against the first one of the baseline. */
export class ResultComparer {
  readonly #tolerance: number
  readonly #differences: ResultDifference[] = []
  /** Trials that ended before the baseline had a result. */
  readonly #waiting: Array<{ record: RunRecord; variant: number }> = []
  #reference: { readonly runId: string; readonly result: RunResult } | undefined
  #compared = 0

  /** `known`: what an earlier session found, with the run that it held the others against. */
  constructor(
    tolerance: number | undefined,
    known?: { readonly state: ResultComparison; readonly reference: RunRecord | undefined },
  ) {
    this.#tolerance = tolerance ?? 0
    if (!known?.reference?.result) return
    this.#reference = { runId: known.reference.id, result: known.reference.result }
    this.#compared = known.state.compared
    this.#differences.push(...known.state.differences)
  }

  /** Takes the next trial; `variant` 0 is the baseline. Trials without a result are not compared. */
  add(record: RunRecord, variant: number): void {
    const { result } = record
    if (!result) return
    if (!this.#reference) {
      if (variant !== 0) {
        this.#waiting.push({ record, variant })
        return
      }
      this.#reference = { runId: record.id, result }
      for (const early of this.#waiting.splice(0)) this.add(early.record, early.variant)
      return
    }
    this.#compared++
    const how = differenceBetween(this.#reference.result, result, this.#tolerance)
    if (how !== undefined) this.#differences.push({ runId: record.id, variant, how })
  }

  /** What has been found so far. */
  state(): ResultComparison {
    return {
      reference: this.#reference?.runId ?? null,
      tolerance: this.#tolerance,
      compared: this.#compared,
      differences: [...this.#differences],
    }
  }
}

function differenceBetween(reference: RunResult, result: RunResult, tolerance: number): string | undefined {
  if (reference.digest === result.digest) return undefined
  if (tolerance === 0 || !reference.numbers || !result.numbers) return 'another result'
  if (reference.shape !== result.shape) return 'another shape'
  const agree = resultsAgree(
    { shape: reference.shape, numbers: reference.numbers },
    { shape: result.shape, numbers: result.numbers },
    tolerance,
  )
  return agree ? undefined : `numbers further apart than the tolerance of ${tolerance}`
}
