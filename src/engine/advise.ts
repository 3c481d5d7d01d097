import { type AdviceInput, advise as findAdvice, type Recommendation } from '../advice/index.ts'
import { newId, type Progress, StrobeError, throwIfCancelled } from '../base/index.ts'
import type { RunRecord } from '../trace/index.ts'
import type { AdviceEntry, AdviceRequest } from './api.ts'
import { ledgerRow } from './documents.ts'
import type { Engine } from './engine.ts'
import { findExperiment, findRun } from './find.ts'

/** So many runs of a variant are looked at: the latest. Findings rest on one run, costs are fitted over all. */
const runsPerVariant = 3

/**
 * Looks for what to change, in the runs of an experiment, in one run, or in the latest of a workflow, and keeps it in the
 * ledger: a finding that is there already is brought up to date under its id. Ranked, best first. Throws `engine.nothing-to-advise-on`.
 */
export async function advise(engine: Engine, request: AdviceRequest, progress: Progress): Promise<AdviceEntry[]> {
  const candidates = chooseRuns(engine, request)
  const described = candidates.find(({ description }) => description)
  if (!described?.description) {
    throw new StrobeError(
      'engine.nothing-to-advise-on',
      'There is no finished run with a trace to look at. Make one with "strobe run" or "strobe compare".',
    )
  }
  const runs: AdviceInput['runs'][number][] = []
  for (const [place, record] of candidates.entries()) {
    progress.update({ message: 'reading traces', done: place, total: candidates.length })
    throwIfCancelled(progress)
    const trace = engine.store.traces.read(record.id)
    if (trace) runs.push({ record, trace })
  }
  const variant = request.run === undefined ? 'baseline' : candidates[0]!.variant
  const found = findAdvice({ description: described.description, runs, variant })
  return found.map((recommendation) => keep(engine, described, recommendation))
}

function chooseRuns(engine: Engine, request: AdviceRequest): RunRecord[] {
  if (request.run !== undefined) {
    const run = findRun(engine, request.run)
    // Other variants of the same workflow are evidence for what the advice would bring.
    return [run, ...latestPerVariant(engine.store.runs.list({ workflow: run.workflow, limit: 100 }), run.id)]
  }
  if (request.experiment !== undefined) {
    const experiment = findExperiment(engine, request.experiment)
    return latestPerVariant(engine.store.runs.list({ experiment: experiment.id }))
  }
  const workflow = request.workflow ?? engine.store.runs.list({ limit: 1 })[0]?.workflow
  return workflow === undefined ? [] : latestPerVariant(engine.store.runs.list({ workflow, limit: 200 }))
}

/** The latest finished runs with a trace, of each variant. Runs come latest first. */
function latestPerVariant(runs: readonly RunRecord[], except?: string): RunRecord[] {
  const taken = new Map<string, number>()
  return runs.filter((run) => {
    const isUsable = run.reason === 'finished' && run.capture.level === 'standard' && run.trial?.block !== -1
    if (!isUsable || run.id === except) return false
    const count = taken.get(run.variant) ?? 0
    taken.set(run.variant, count + 1)
    return count < runsPerVariant
  })
}

function keep(engine: Engine, run: RunRecord, recommendation: Recommendation): AdviceEntry {
  const known = engine.store.advice
    .list({ workflow: run.workflow })
    .find(({ recommendation: old }) => old.fingerprint === recommendation.fingerprint)
  if (known && known.recommendation.status !== 'open') return { ...known }
  const entry: AdviceEntry = {
    id: known?.id ?? newId('a', engine.clock, engine.random),
    ...{ workflow: run.workflow, file: run.file, createdAt: engine.clock(), recommendation },
  }
  if (known) engine.store.advice.update(ledgerRow(entry))
  else engine.store.advice.insert(ledgerRow(entry))
  return entry
}
