import { analyseHistory, compareUnpaired, confirmingPoints } from '../statistics/index.ts'
import type { Environment, RunRecord } from '../trace/index.ts'
import type { ExperimentRecord } from './experiment-record.ts'
import type {
  HistoryChange,
  HistoryFindings,
  HistoryPoint,
  HistoryReference,
  HistorySeries,
  HistoryStep,
} from './history-model.ts'
import { describeFindings } from './history-sentences.ts'
import {
  conditionsKey,
  type HistoryExperiment,
  ratioToVariant,
  ratioToWorkflow,
  type Session,
  sessionOfExperiment,
  sessionsOfRuns,
} from './history-sessions.ts'

/** Permutations are random by a seed: the same history always says the same. */
const seed = 1
const defaultRope = 0.02

/** What a history is made of. */
export interface HistoryInput {
  readonly variant: string
  /** Of one workflow, in any order. */
  readonly experiments: readonly HistoryExperiment[]
  /** Runs of the same workflow outside of experiments. */
  readonly runs: readonly RunRecord[]
  readonly reference?: HistoryReference
  /** Experiments on the reference workflow. */
  readonly referenceExperiments?: readonly ExperimentRecord[]
  /** At most so many points of each series, the latest. */
  readonly limit?: number
}

/**
 * The history of a variant of a workflow: sessions put into series of the same conditions, never across machines, the series
 * with the latest point first; in each, changes of level are looked for among the experiments of at least ten valid blocks.
 * Experiments that are going on are left out.
 */
export function buildHistory(input: HistoryInput): HistorySeries[] {
  const { variant, experiments, runs, reference, referenceExperiments = [], limit } = input
  const ended = experiments.filter(({ record }) => record.status !== 'running')
  const level =
    reference?.kind === 'variant'
      ? ratioToVariant(reference.name)
      : reference?.kind === 'workflow'
        ? ratioToWorkflow(referenceExperiments)
        : undefined
  const sessions = [
    ...ended.flatMap((experiment) => sessionOfExperiment(experiment, variant, level) ?? []),
    ...(reference ? [] : sessionsOfRuns(runs, variant)),
  ].sort((left, right) => left.point.startedAt - right.point.startedAt)
  const groups = new Map<string, Session[]>()
  for (const session of sessions) {
    const key = conditionsKey(session.conditions)
    const group = groups.get(key)
    if (group) group.push(session)
    else groups.set(key, [session])
  }
  return [...groups.values()]
    .sort((left, right) => right.at(-1)!.point.startedAt - left.at(-1)!.point.startedAt)
    .map((group) => seriesOf(group.slice(-(limit ?? group.length)), reference ? 'ratio' : 'nanoseconds'))
}

function seriesOf(sessions: readonly Session[], unit: HistorySeries['unit']): HistorySeries {
  const points = sessions.map(({ point }, place): HistoryPoint => {
    const before = sessions[place - 1]
    return { ...point, changes: before ? changesBetween(before, sessions[place]!) : [] }
  })
  const latest = sessions.at(-1)!
  const rope = sessions.findLast((session) => session.rope !== undefined)?.rope ?? defaultRope
  const findings = findingsOf(points, rope)
  return {
    conditions: latest.conditions,
    ...(latest.environment ? { environment: latest.environment } : {}),
    ...{ unit, rope, points, findings, sentences: describeFindings(points, findings, rope) },
  }
}

function changesBetween(before: Session, after: Session): HistoryChange[] {
  const differs = (fact: keyof Environment) => before.environment?.[fact] !== after.environment?.[fact]
  return [
    ...(differs('source') ? (['source'] as const) : []),
    ...(before.patch === after.patch ? [] : (['patch'] as const)),
    ...(differs('node') ? (['node'] as const) : []),
    ...(differs('strobe') ? (['strobe'] as const) : []),
  ]
}

function findingsOf(points: readonly HistoryPoint[], rope: number): HistoryFindings {
  /** Indexes into the points of those that take part; what the statistics number is translated back. */
  const used = points.flatMap(({ unused }, place) => (unused === undefined ? [place] : []))
  const values = used.map((place) => points[place]!.value!)
  const { reason, shifts, indicative, trend, possible } = analyseHistory(values, { rope, seed })
  const at = (index: number) => used[index]!
  const bounds = [0, ...shifts.map(({ index }) => index), values.length]
  return {
    ...{ used: used.length, missing: reason === null ? 0 : 2 * confirmingPoints - used.length, indicative },
    steps: shifts.map(({ index, from, to, ratio, p }, place): HistoryStep => {
      const before = values.slice(bounds[place], index)
      const after = values.slice(index, bounds[place + 2])
      const { estimate, low, high } = compareUnpaired(before, after, { rope, sameMachine: true })
      return { point: at(index), from: at(from), to: at(to), ratio: estimate ?? ratio, low, high, p }
    }),
    trend: trend && { point: at(trend.from), p: trend.p, changePerPoint: trend.changePerPoint },
    possible: possible && { point: at(possible.index), ratio: possible.ratio, needed: possible.needed },
  }
}
