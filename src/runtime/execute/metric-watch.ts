import type { CycleModel, CycleReason } from '../../workflow/index.ts'

/** Judges a cycle's metric turn by turn against its goal and its patience. */
export class MetricWatch {
  readonly #node: CycleModel
  #best = Number.NaN
  #sinceBest = 0

  constructor(node: CycleModel) {
    this.#node = node
  }

  /** The reason to end that the metric of this turn gives, if any. A metric that is no number improves nothing. */
  look(metric: number): CycleReason | undefined {
    const goal = this.#node.metric?.goal
    if (!goal) return undefined
    if (goal.goal === 'reach' && Math.abs(metric - goal.target) <= (goal.tolerance ?? 0)) return 'converged'
    const loss = goal.goal === 'reach' ? Math.abs(metric - goal.target) : goal.goal === 'minimise' ? metric : -metric
    if (loss < this.#best || (Number.isNaN(this.#best) && !Number.isNaN(loss))) {
      this.#best = loss
      this.#sinceBest = 0
    } else this.#sinceBest++
    const { patience } = this.#node.limits
    return patience !== undefined && this.#sinceBest >= patience ? 'stalled' : undefined
  }
}
