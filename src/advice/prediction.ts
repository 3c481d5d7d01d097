import { formatChange, formatDuration, formatShare } from '../base/index.ts'
import type { IntegerKnob, Patch } from '../workflow/index.ts'
import type { AdviceContext } from './context.ts'
import { checkModel, type ModelCheck } from './model-check.ts'
import type { Prediction } from './recommendation.ts'
import { thresholds } from './thresholds.ts'
import { type Candidate, tryChange } from './try-change.ts'

/** Powers of two within the knob's range, and its largest value. */
export function candidateValues(knob: IntegerKnob, above: number): number[] {
  const values: number[] = []
  for (let value = 1; value < knob.max; value *= 2) if (value >= knob.min && value > above) values.push(value)
  return knob.max > above ? [...values, knob.max] : values
}

/**
 * The knee: of changes in ascending order, the first whose best case is nearly as good as the best of all. `undefined` where
 * even that saves too little to be worth a change.
 */
export function chooseChange(context: AdviceContext, changes: readonly Patch[]): Candidate | undefined {
  const tried = changes.map((change) => tryChange(context, change))
  const best = Math.min(...tried.map(({ low }) => low))
  if (!(best <= 1 - thresholds.leastGain.value)) return undefined
  return tried.find(({ low }) => low <= best * (1 + thresholds.kneeWithin.value))
}

/**
 * The range of a candidate, widened by what the replay may miss without a change and by what it missed for variants
 * that were run; unknown where it misses the run itself by too much.
 */
export function predictionOf(context: AdviceContext, { low, high }: Candidate, assumptions: string): Prediction {
  const { replayError } = context
  const tolerated = thresholds.mostReplayError.value
  if (replayError > tolerated) {
    return {
      kind: 'unknown',
      why: `The replay of this run misses its own wall time by ${formatShare(replayError)}, so that it cannot tell what another setting would bring.`,
    }
  }
  const checks = checkModel(context)
  const misses = checks.map(({ miss }) => miss)
  return {
    kind: 'range',
    low: low * (1 - tolerated) * Math.min(1, ...misses),
    high: high * (1 + tolerated) * Math.max(1, ...misses),
    basis: [
      `Replay of the recorded schedule, taken to be right to within ${formatShare(tolerated)}: without a change it misses the recorded wall time by ${formatShare(Math.max(replayError, 0.001))}.`,
      ...checks.map(sentenceOf),
      assumptions,
    ]
      .join(' ')
      .trim(),
  }
}

function sentenceOf({ variant, miss }: ModelCheck): string {
  if (miss === 1) return `What it predicts for ${variant} was measured.`
  return `${variant} was measured ${formatChange(miss).replace(/^[−+]/, '')} ${miss > 1 ? 'slower' : 'faster'} than it predicts, by which the range is widened.`
}

/** What the two ends of a range assume about the resources that calls go to, and about waiting without a call, in words. */
export function assumptionsOf(context: AdviceContext): string {
  const sentences: string[] = []
  for (const resource of context.schedule.resources) {
    if (resource.kind === 'thread') continue
    const most = context.load.get(resource.name)?.at(-1)?.inFlight ?? 1
    sentences.push(
      most > 1
        ? `${resource.name} was seen with up to ${most} calls in flight: up to there calls take as long as seen; beyond, the best case lets them take no longer, the worst lets nothing more through.`
        : `${resource.name} was never seen with more than one call in flight: the best case lets calls take no longer side by side, the worst lets ${resource.name} serve one at a time.`,
    )
  }
  const hidden = context.hiddenWaits.nodes.reduce((sum, { total }) => sum + total, 0)
  if (hidden >= thresholds.leastHiddenWait.value * context.schedule.duration) {
    sentences.push(
      `${formatDuration(hidden)} of waiting is in no recorded call, so that nothing says whether it can overlap: the best case lets it, the worst lets no more of it pass at once than in this run, as if it were for a lock.`,
    )
  }
  return sentences.join(' ')
}
