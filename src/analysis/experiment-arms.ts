import { type Contenders, findContenders } from '../statistics/index.ts'
import type { ExperimentBlock, ExperimentRecord, ExperimentTrial, Isolation, MetricName } from './experiment-record.ts'

/** How many trials a block has: one per variant, and one of the control arm where the plan has it. */
export function countArms({ settings, plan }: ExperimentRecord): number {
  return settings.variants.length + (plan.controlArm ? 1 : 0)
}

/** What an arm is called: its variant's name; the arm after the last variant is the control. */
export function nameOfArm({ settings }: ExperimentRecord, arm: number): string {
  return settings.variants[arm]?.name ?? 'control'
}

/**
 * What a block is called wherever one is named: its number from 1, in the order in which blocks began. The first warm-up block has
 * none; the one that an extension began with keeps the number of its place.
 */
export function nameOfBlock(block: number, isWarmUp = block < 0): string {
  if (block < 0) return 'warm-up'
  return isWarmUp ? `${block + 1} (warm-up)` : String(block + 1)
}

/** Blocks that count, in the order in which they ran: neither warm-up nor invalidated. */
export function countedBlocks({ blocks }: ExperimentRecord): ExperimentBlock[] {
  return blocks.filter(({ warmUp, invalidated }) => !warmUp && invalidated === undefined)
}

/**
 * What `measure` says of each counted block's trial of each arm, `[arm][block]`; undefined where it says nothing or there
 * is no trial.
 */
export function valuesByArm(
  record: ExperimentRecord,
  measure: (trial: ExperimentTrial) => number | undefined,
): Array<Array<number | undefined>> {
  const known = new Map(record.trials.map((trial) => [`${trial.block} ${trial.variant}`, trial]))
  return Array.from({ length: countArms(record) }, (_, arm) =>
    countedBlocks(record).map(({ block }) => {
      const trial = known.get(`${block} ${arm}`)
      return trial && measure(trial)
    }),
  )
}

/** Arms that had whole blocks and not one result in them. Where one has none in its first blocks, the experiment ends. */
export function armsWithoutResult(record: ExperimentRecord): number[] {
  const values = valuesByArm(record, ({ value }) => value ?? undefined)
  return values.flatMap((own, arm) => (own.length > 0 && own.every((value) => value === undefined) ? [arm] : []))
}

/**
 * The variants that may still be the best: the leader and all that are not significantly slower, neither than the leader
 * (over all pairs) nor by the verdicts against the baseline. Variants with another result than the baseline's have no part
 * in it, nor have those without a reliable verdict. Indexes are of the settings; `null` before the first block and where fewer
 * than two are left.
 */
export function contendersOf(record: ExperimentRecord): Contenders | null {
  const different = new Set(record.results.differences.map(({ variant }) => variant))
  const isReliable = (variant: number) =>
    record.look?.kind !== 'look' || (record.look.candidates[variant - 1]?.unreliable ?? null) === null
  const eligible = record.settings.variants
    .map((_, variant) => variant)
    .filter((variant) => !different.has(variant) && isReliable(variant))
  if (eligible.length < 2) return null
  const values = valuesByArm(record, ({ value }) => value ?? Number.POSITIVE_INFINITY)
  const usable = eligible.map((variant) => values[variant]!.map((value) => value ?? Number.POSITIVE_INFINITY))
  const found = findContenders(usable, record.plan)
  if (!found) return null
  const slower = slowerByVerdict(record)
  const contenders = found.contenders.map((place) => eligible[place]!).filter((variant) => !slower.has(variant))
  return { leader: eligible[found.leader]!, contenders }
}

/** What the verdicts say is not the fastest: a slower candidate, and a baseline that some candidate beats. */
function slowerByVerdict({ look, results }: ExperimentRecord): Set<number> {
  const slower = new Set<number>()
  if (look?.kind !== 'look') return slower
  look.candidates.forEach(({ significant, estimate, unreliable }, place) => {
    const isDifferent = results.differences.some(({ variant }) => variant === place + 1)
    if (!significant || estimate === null || unreliable !== null || isDifferent) return
    slower.add(estimate > 1 ? place + 1 : 0)
  })
  return slower
}

const sharing: Readonly<Record<Isolation, string>> = {
  thread: 'a fresh worker thread per trial',
  repeats: 'a fresh worker thread per trial',
  process: 'a fresh process per trial',
}

/** What a trial is, in words: `a fresh worker thread per trial, the median of the steady part of 50 repetitions in it`. */
export function trialUnit({ settings }: ExperimentRecord): string {
  if (settings.commands) return 'a fresh process per trial'
  const { isolation = 'thread', repeats } = settings
  const steady = isolation === 'repeats' ? `, the median of the steady part of ${repeats} repetitions in it` : ''
  return sharing[isolation] + steady
}

/** Names of metrics for people, and their units. */
export const metricLabels: Readonly<Record<MetricName, { label: string; unit: 'ns' | 'bytes' | 'count' }>> = {
  wall: { label: 'wall time', unit: 'ns' },
  cpu: { label: 'CPU time', unit: 'ns' },
  user: { label: 'user time', unit: 'ns' },
  system: { label: 'system time', unit: 'ns' },
  gc: { label: 'garbage collection', unit: 'ns' },
  'peak-heap': { label: 'highest heap seen', unit: 'bytes' },
  'peak-memory': { label: 'highest memory seen', unit: 'bytes' },
  calls: { label: 'calls', unit: 'count' },
}
