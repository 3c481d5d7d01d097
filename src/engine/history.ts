import {
  buildHistory,
  type ExperimentRecord,
  type HistoryExperiment,
  type HistoryReference,
  type HistorySeries,
} from '../analysis/index.ts'
import { StrobeError } from '../base/index.ts'
import type { RunRecord } from '../trace/index.ts'
import type { Engine } from './engine.ts'
import { findWorkflow, listWorkflows, shownFile } from './workflows.ts'

/** Which history to look at. */
export interface HistoryRequest {
  /** The workflow's name or file. */
  readonly workflow: string
  /** Default: `baseline`. */
  readonly variant?: string
  /** A variant of the same experiments, or else another workflow, that times are divided by. */
  readonly reference?: string
  /** At most so many points of each series, the latest. */
  readonly limit?: number
}

/**
 * Runs outside of experiments that a history reads, the latest: they are only shown, take no part in the search for changes, and
 * each is a whole document.
 */
const mostPlainRuns = 1000

/** How a variant of a workflow went over time. */
export interface WorkflowHistory {
  readonly workflow: string
  readonly variant: string
  readonly reference: HistoryReference | null
  /** All variants of which something was measured. */
  readonly variants: readonly string[]
  /** One for each machine, load and way of measuring; the one with the latest point first. Empty: no data. */
  readonly series: readonly HistorySeries[]
}

/**
 * Gathers the history of a workflow. Reads only. Throws `engine.unknown-workflow`, `engine.unknown-variant` where a variant
 * was asked for that was never measured, and `engine.unknown-reference`.
 */
export function historyOf(engine: Engine, request: HistoryRequest): WorkflowHistory {
  const { store } = engine
  const workflow = nameOf(engine, request.workflow)
  const experiments = store.experiments.list({ workflow })
  const runs = store.runs.list({ workflow, experiment: null, limit: mostPlainRuns })
  const variants = [
    ...new Set([
      ...experiments.flatMap(({ settings }) => settings.variants.map(({ name }) => name)),
      ...runs.map(({ variant }) => variant),
    ]),
  ]
  const variant = request.variant ?? 'baseline'
  if (request.variant !== undefined && !variants.includes(variant)) {
    throw unknown('variant', variant, variants, `Variant "${variant}" of ${workflow} was never measured.`)
  }
  const reference = referenceOf(engine, request, variants)
  const series = buildHistory({
    ...{ variant, runs, experiments: experiments.map((record) => withParams(engine, record)) },
    ...(reference ? { reference } : {}),
    ...(reference?.kind === 'workflow'
      ? { referenceExperiments: store.experiments.list({ workflow: reference.name }) }
      : {}),
    ...(request.limit === undefined ? {} : { limit: request.limit }),
  })
  return { workflow, variant, reference: reference ?? null, variants, series }
}

/** Names of the workflows of which anything was measured, in alphabetical order. */
export function workflowsWithHistory({ store }: Engine): string[] {
  const names = [
    ...store.runs.latestPerFile().map(({ workflow }) => workflow),
    ...store.experiments.list({}).map(({ settings }) => settings.workflow),
  ]
  return [...new Set(names)].sort()
}

/** The name that the records have: what was typed, or the name that the file had when it last ran. */
function nameOf(engine: Engine, named: string): string {
  const { store } = engine
  const isKnown =
    store.runs.list({ workflow: named, limit: 1 }).length > 0 ||
    store.experiments.list({ workflow: named, limit: 1 }).length > 0
  if (isKnown) return named
  const file = shownFile(engine, findWorkflow(engine, named))
  return listWorkflows(engine).find((workflow) => workflow.file === file)?.name ?? named
}

function referenceOf(
  engine: Engine,
  { reference, workflow }: HistoryRequest,
  variants: readonly string[],
): HistoryReference | undefined {
  if (reference === undefined) return undefined
  if (variants.includes(reference)) return { kind: 'variant', name: reference }
  const workflows = workflowsWithHistory(engine)
  if (workflows.includes(reference)) return { kind: 'workflow', name: reference }
  const message = `"${reference}" is neither a variant of ${workflow} nor another workflow that was measured.`
  throw unknown('reference', reference, [...variants, ...workflows], message)
}

function unknown(kind: 'variant' | 'reference', name: string, known: readonly string[], message: string): StrobeError {
  const there = known.length > 0 ? ` There are: ${known.join(', ')}.` : ' Nothing was measured yet.'
  return new StrobeError(`engine.unknown-${kind}`, `${message}${there}`, { data: { [kind]: name, known } })
}

/** An experiment keeps the params that were asked for; its runs have all of them, with the workflow's defaults. */
function withParams({ store }: Engine, record: ExperimentRecord): HistoryExperiment {
  const runId = record.trials.find((trial) => trial.runId !== '' && trial.value !== null)?.runId
  const run: RunRecord | undefined = runId === undefined ? undefined : store.runs.get(runId)
  return { record, params: run?.params ?? record.settings.params }
}
