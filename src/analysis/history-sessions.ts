import {
  comparePaired,
  effectOf,
  hodgesLehmannShift,
  largestFailureShare,
  median,
  medianInterval,
  toNanoLogs,
} from '../statistics/index.ts'
import type { Environment, RunRecord } from '../trace/index.ts'
import { countedBlocks } from './experiment-arms.ts'
import type { ExperimentRecord, ExperimentTrial } from './experiment-record.ts'
import type { HistoryConditions, HistoryPoint, UnusedReason } from './history-model.ts'

/** Fewer valid blocks make no point that anything is inferred from. */
const fewestBlocks = 10
/** A session of the reference workflow further away in time says nothing about the machine's state, milliseconds. */
const farthestReference = 3_600_000

/** An experiment, and the params that its runs got in full. */
export interface HistoryExperiment {
  readonly record: ExperimentRecord
  readonly params: Readonly<Record<string, unknown>>
}

/** A point that does not know its neighbours yet, with what decides which series it is of. */
export interface Session {
  readonly conditions: HistoryConditions
  readonly environment: Environment | undefined
  /** Of the experiment; absent for plain runs. */
  readonly rope?: number
  /** What the variant stood for. */
  readonly patch: string
  readonly point: Omit<HistoryPoint, 'changes'>
}

type Level = Pick<HistoryPoint, 'value' | 'low' | 'high' | 'count' | 'failed'>

/** What an experiment says about a variant's own time; nothing where it has no trial of it. */
export function sessionOfExperiment(
  { record, params }: HistoryExperiment,
  variant: string,
  level: (record: ExperimentRecord, index: number) => Level | undefined = levelOf,
): Session | undefined {
  const { settings, environment, startedAt, endedAt } = record
  const index = settings.variants.findIndex(({ name }) => name === variant)
  const measured = index < 0 ? undefined : level(record, index)
  if (!measured || measured.count === 0) return undefined
  const isolation = settings.isolation ?? 'thread'
  const conditions = {
    machine: environment?.machine ?? null,
    ...{ params, metric: settings.metric ?? 'wall', isolation, capture: settings.capture },
  } as const
  const unused = unusedReason(record, index, measured)
  return {
    ...{ conditions, environment, rope: settings.rope, patch: JSON.stringify(settings.variants[index]!.patch) },
    point: {
      ...{ kind: 'experiment', ids: [record.id], startedAt, endedAt: endedAt ?? startedAt, ...measured },
      ...gitOf(environment),
      ...(unused ? { unused } : {}),
    },
  }
}

function unusedReason(record: ExperimentRecord, index: number, level: Level): UnusedReason | undefined {
  if (!record.environment) return 'unknown-machine'
  if (record.results.differences.some(({ variant }) => variant === index)) return 'different-result'
  if (level.count < fewestBlocks) return 'few-blocks'
  return level.value === null || level.failed > largestFailureShare * level.count ? 'failed-trials' : undefined
}

/** The median of the variant's trials in blocks that count. A failed trial ranks worst. */
function levelOf(record: ExperimentRecord, index: number): Level | undefined {
  return levelOfTimes([...timesOf(record, index).values()])
}

function levelOfTimes(times: readonly number[]): Level {
  const failed = times.filter((time) => time === Number.POSITIVE_INFINITY).length
  const middle = times.length === 0 ? Number.NaN : median(times)
  if (!Number.isFinite(middle)) return { value: null, low: null, high: null, count: times.length, failed }
  const interval = medianInterval(times)
  const high = interval && Number.isFinite(interval.high) ? interval.high : null
  return { value: middle, low: interval?.low ?? null, high, count: times.length, failed }
}

/** Times by block, of blocks that count; +Infinity where the trial failed. */
function timesOf(record: ExperimentRecord, index: number): Map<number, number> {
  const counted = new Set(countedBlocks(record).map(({ block }) => block))
  const trials = record.trials.filter(({ variant, block }) => variant === index && counted.has(block))
  return new Map(trials.map(({ block, value }: ExperimentTrial) => [block, value ?? Number.POSITIVE_INFINITY]))
}

/** The level of a variant as its ratio to another one of the same experiment, from the blocks that hold both. */
export function ratioToVariant(reference: string): (record: ExperimentRecord, index: number) => Level | undefined {
  return (record, index) => {
    const other = record.settings.variants.findIndex(({ name }) => name === reference)
    if (other < 0) return undefined
    const divisors = timesOf(record, other)
    const pairs = [...timesOf(record, index)].flatMap(([block, time]) => {
      const divisor = divisors.get(block)
      return divisor === undefined ? [] : [{ time, divisor }]
    })
    const times = pairs.map(({ time }) => time)
    const { count, failed } = levelOfTimes(times)
    if (count === 0) return undefined
    const paired = comparePaired(toNanoLogs(pairs.map(({ divisor }) => divisor)), toNanoLogs(times), 0.05)
    const { estimate, low, high } = paired
    return { value: effectOf(estimate), low: effectOf(low), high: effectOf(high), count, failed }
  }
}

/**
 * The level as its ratio to the experiment on a reference workflow that is nearest in time on the same machine, at most an
 * hour away, and made like the latest of them; no interval, because the two did not run side by side.
 */
export function ratioToWorkflow(
  references: readonly ExperimentRecord[],
): (record: ExperimentRecord, index: number) => Level | undefined {
  return (record, index) => {
    const onMachine = references.filter(({ environment }) => environment?.machine === record.environment?.machine)
    const latest = onMachine.reduce<ExperimentRecord | undefined>(
      (soFar, other) => (soFar && soFar.startedAt >= other.startedAt ? soFar : other),
      undefined,
    )
    const distance = (other: ExperimentRecord) => Math.abs(other.startedAt - record.startedAt)
    const [nearest] = onMachine
      .filter((other) => isMadeLike(other, latest!) && distance(other) <= farthestReference)
      .sort((left, right) => distance(left) - distance(right))
    const divisors = nearest ? [...timesOf(nearest, 0).values()] : []
    const times = [...timesOf(record, index).values()]
    if (divisors.length < fewestBlocks || times.length === 0) return undefined
    const ratio = effectOf(hodgesLehmannShift(toNanoLogs(divisors), toNanoLogs(times)))
    const { count, failed } = levelOfTimes(times)
    return { value: ratio, low: null, high: null, count, failed }
  }
}

function isMadeLike(left: ExperimentRecord, right: ExperimentRecord): boolean {
  const key = ({ settings: { params, metric, isolation, capture, variants } }: ExperimentRecord) =>
    JSON.stringify([params, metric ?? 'wall', isolation ?? 'thread', capture, variants[0]])
  return key(left) === key(right)
}

/** Plain runs of a variant as sessions: those in a row that were made of the same source under the same conditions. */
export function sessionsOfRuns(runs: readonly RunRecord[], variant: string): Session[] {
  const measured = runs
    .filter((run) => run.variant === variant && Object.keys(run.patch).length === 0)
    .filter(({ reason }) => !['running', 'cancelled', 'interrupted'].includes(reason))
    .sort((left, right) => left.startedAt - right.startedAt)
  const groups: RunRecord[][] = []
  const latest = new Map<string, { readonly group: RunRecord[]; readonly build: string }>()
  for (const run of measured) {
    const { environment } = run
    const build = JSON.stringify([environment?.git, environment?.source, environment?.node, environment?.strobe])
    const key = conditionsKey(conditionsOfRun(run))
    const last = latest.get(key)
    if (last?.build === build) last.group.push(run)
    else {
      const group = [run]
      groups.push(group)
      latest.set(key, { group, build })
    }
  }
  return groups.map((group) => sessionOfRuns(group))
}

function sessionOfRuns(runs: readonly RunRecord[]): Session {
  const first = runs[0]!
  const last = runs.at(-1)!
  const { environment } = first
  const level = levelOfTimes(runs.map(({ value }) => value ?? Number.POSITIVE_INFINITY))
  return {
    ...{ conditions: conditionsOfRun(first), environment, patch: '{}' },
    point: {
      ...{ kind: 'runs', ids: runs.map(({ id }) => id), startedAt: first.startedAt, endedAt: last.startedAt },
      ...level,
      ...gitOf(environment),
      unused: 'plain-runs',
    },
  }
}

function conditionsOfRun({ environment, params, capture, repeats }: RunRecord): HistoryConditions {
  const isolation = repeats ? 'repeats' : 'thread'
  return { machine: environment?.machine ?? null, params, metric: 'wall', isolation, capture }
}

/** The same text for the same conditions, whatever the order of their params. */
export function conditionsKey({ machine, params, metric, isolation, capture }: HistoryConditions): string {
  const sorted = Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1))
  return JSON.stringify([machine, sorted, metric, isolation, capture.level, capture.sampleInterval ?? null])
}

function gitOf(environment: Environment | undefined): Pick<HistoryPoint, 'commit' | 'dirty'> {
  const git = environment?.git
  return { commit: git?.commit ?? null, dirty: git?.dirty ?? false }
}
