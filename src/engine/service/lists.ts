import type { ExperimentSummary, InputOf, Page, RunSummary } from '../../protocol/index.ts'
import type { OutlineRow } from '../../store/index.ts'
import type { Engine } from '../engine.ts'
import { summariseExperiment, summariseRun } from './summaries.ts'

/** A page of runs, latest first. */
export function pageOfRuns({ store }: Engine, params: InputOf<'runs.list'>): Page<RunSummary> {
  const { total, rows } = store.runs.page(params)
  return { total, offset: params.offset, rows: rows.map(summariseRun) }
}

/** A page of experiments, latest first. */
export function pageOfExperiments(engine: Engine, params: InputOf<'experiments.list'>): Page<ExperimentSummary> {
  const { offset, limit, search, workflow, verdict } = params
  const outline = engine.store.experiments.outline(workflow === undefined ? {} : { workflow })
  const summaries = summariesOf(engine)
  if (search === undefined && verdict === undefined) {
    const rows = outline.slice(offset, offset + limit).flatMap((row) => summaries.get(row) ?? [])
    return { total: outline.length, offset, rows }
  }
  const text = search?.toLowerCase()
  const found = outline
    .flatMap((row) => summaries.get(row) ?? [])
    .filter((row) => text === undefined || contains(row, text))
    .filter((row) => verdict === undefined || bestVerdict(row) === verdict)
  return { total: found.length, offset, rows: found.slice(offset, offset + limit) }
}

/** The latest experiment on a workflow's file, and how many there are. */
export function experimentsOfFile(
  engine: Engine,
  file: string,
): { count: number; last: ExperimentSummary | undefined } {
  const outline = engine.store.experiments.outline({ file })
  return { count: outline.length, last: outline[0] && summariesOf(engine).get(outline[0]) }
}

/** The verdict on the candidate that ranks highest. */
function bestVerdict({ ranking }: ExperimentSummary): string | undefined {
  return ranking.find(({ baseline }) => !baseline)?.verdict ?? undefined
}

function contains({ id, workflow, status, variants }: ExperimentSummary, text: string): boolean {
  return [id, workflow, status, ...variants].some((value) => value.toLowerCase().includes(text))
}

/** Experiments are long documents of which lists show little: what was read of one that has ended is kept as long as it is the same. */
class Summaries {
  readonly #engine: Engine
  readonly #known = new Map<string, { readonly row: OutlineRow; readonly summary: ExperimentSummary }>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  get(row: OutlineRow): ExperimentSummary | undefined {
    const known = this.#known.get(row.id)
    if (known?.row.bytes === row.bytes && known.row.status === row.status) return known.summary
    const record = this.#engine.store.experiments.get(row.id)
    if (!record) return undefined
    const summary = summariseExperiment(record)
    if (record.status !== 'running') this.#known.set(row.id, { row, summary })
    return summary
  }
}

const summariesByEngine = new WeakMap<Engine, Summaries>()

function summariesOf(engine: Engine): Summaries {
  const summaries = summariesByEngine.get(engine) ?? new Summaries(engine)
  summariesByEngine.set(engine, summaries)
  return summaries
}
