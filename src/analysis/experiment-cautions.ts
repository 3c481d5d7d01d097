import { formatCount, formatShare } from '../base/index.ts'
import { type Check, checkInvalidation } from '../statistics/index.ts'
import { armsWithoutResult, countArms, countedBlocks, nameOfArm } from './experiment-arms.ts'
import { checkExperiment } from './experiment-checks.ts'
import type { DisturbanceKind, ExperimentRecord } from './experiment-record.ts'

/** Something that a reader should know before believing the numbers. */
export interface Caution {
  readonly severity: 'note' | 'warning'
  readonly text: string
}

/** How often the trials of one arm were what made a block not count. */
export interface ArmInvalidations {
  /** Index into the settings' variants; one more than the last is the control arm. */
  readonly arm: number
  readonly trials: number
  /** Against its fair share of all of them. */
  readonly check: Check
}

/** Invalidated blocks by the arm whose trial was disturbed. Where that is one-sided, the variant may be what disturbs. */
export function invalidationsByArm(record: ExperimentRecord): ArmInvalidations[] {
  const counts = new Array<number>(countArms(record)).fill(0)
  for (const { invalidated, disturbances = [] } of record.blocks) {
    if (invalidated === undefined) continue
    for (const arm of new Set(disturbances.map(({ variant }) => variant))) counts[arm] = (counts[arm] ?? 0) + 1
  }
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((trials, arm) => ({ arm, trials, check: checkInvalidation(trials, all, counts.length) }))
}

const kinds: Readonly<Record<DisturbanceKind, string>> = {
  'foreign-cpu': 'other programs were busy',
  'clock-jump': 'the clock jumped or the machine slept',
  'power-source': 'the power source changed',
  throttled: 'the processor was throttled',
  precondition: 'what had to hold before a trial did not',
}

/** What the engine saw of the measuring itself: disturbances, invalidations, a raised threshold, trials that never settled. */
export function experimentCautions(record: ExperimentRecord): Caution[] {
  const cautions: Caution[] = []
  const note = (text: string) => cautions.push({ severity: 'note', text })
  const warn = (text: string) => cautions.push({ severity: 'warning', text })
  const counted = countedBlocks(record)

  if (record.stop === 'failed') {
    for (const arm of armsWithoutResult(record)) {
      warn(`It ended because every trial of ${nameOfArm(record, arm)} failed: ${whyFailed(record, arm)}.`)
    }
  }
  const disturbed = counted.filter(({ disturbances }) => disturbances !== undefined)
  if (disturbed.length > 0) {
    const seen = new Set(disturbed.flatMap(({ disturbances = [] }) => disturbances.map(({ kind }) => kinds[kind])))
    const many = `${formatCount(disturbed.length)} of ${formatCount(counted.length)} blocks that count`
    warn(`${many} were disturbed (${[...seen].join(', ')}): expect wide intervals.`)
  }
  for (const { arm, trials, check } of invalidationsByArm(record)) {
    if (!check.fires || (check.value ?? 0) < (check.limit ?? 1)) continue
    const all = formatShare(check.value ?? 0)
    const name = nameOfArm(record, arm)
    warn(`${name} has ${all} of the disturbed trials (${trials}; p ${check.p?.toFixed(3)}): it may be what disturbs.`)
  }
  const { askedRope, rope } = record.settings
  if (askedRope !== undefined) {
    const asked = `±${formatShare(askedRope)}`
    note(`The timer cannot tell ${asked} of so short a trial: the threshold was raised to ±${formatShare(rope)}.`)
  }
  cautions.push(...steadinessCautions(record))
  // Times of another result say nothing, however they were measured.
  const different = new Set(record.results.differences.map(({ variant }) => nameOfArm(record, variant)))
  for (const { check, about, finding, remedy } of checkExperiment(record)) {
    if (check.fires && !different.has(about ?? '')) note(`${about === null ? '' : `${about}: `}${finding}. ${remedy}`)
  }
  for (const { fromCap, toCap, blocks } of record.extensions ?? []) {
    note(
      `It was extended at ${blocks} blocks, from at most ${fromCap} to at most ${toCap}; the plan had reserved the looks.`,
    )
  }
  return cautions
}

/** Why the last trial of an arm had no result; of a workflow, where that is told. */
function whyFailed({ trials }: ExperimentRecord, arm: number): string {
  const last = trials.findLast(({ variant }) => variant === arm)
  if (last?.exit) return last.exit.signal === null ? `exit code ${last.exit.code}` : `ended by ${last.exit.signal}`
  if (!last) return 'no data'
  return `${last.reason === 'failed' ? '' : `${last.reason}; `}run ${last.runId} says why`
}

const unsteady = ['no steady state', 'slowdown'] as const

function steadinessCautions(record: ExperimentRecord): Caution[] {
  return record.settings.variants.flatMap(({ name }, variant) => {
    const trials = record.trials.filter((trial) => trial.variant === variant && trial.repeats !== undefined)
    return unsteady.flatMap((state): Caution[] => {
      const count = trials.filter(({ repeats }) => repeats?.state === state).length
      if (count === 0) return []
      const text = `${name}: ${state} in ${count} of ${trials.length} trials; their value is the median of the second half.`
      return [{ severity: 'warning', text }]
    })
  })
}
