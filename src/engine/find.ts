import type { ExperimentRecord } from '../analysis/index.ts'
import { StrobeError } from '../base/index.ts'
import type { Found } from '../store/index.ts'
import type { RunRecord, Trace } from '../trace/index.ts'
import type { AdviceEntry } from './api.ts'
import type { Engine } from './engine.ts'

/** A run by its id or the beginning of it. Throws `engine.unknown-id` or `engine.ambiguous-id`. */
export function findRun(engine: Engine, id: string): RunRecord {
  return oneOf('run', id, engine.store.runs.find(id))
}

/** An experiment by its id or the beginning of it. Throws `engine.unknown-id` or `engine.ambiguous-id`. */
export function findExperiment(engine: Engine, id: string): ExperimentRecord {
  return oneOf('experiment', id, engine.store.experiments.find(id))
}

/** An entry of the ledger by its id or the beginning of it. Throws `engine.unknown-id` or `engine.ambiguous-id`. */
export function findAdvice(engine: Engine, id: string): AdviceEntry {
  return oneOf('recommendation', id, engine.store.advice.find(id))
}

/** The runs that match, latest first. */
export function listRuns(
  engine: Engine,
  filter: { readonly workflow?: string; readonly experiment?: string; readonly limit?: number } = {},
): RunRecord[] {
  return engine.store.runs.list(filter)
}

/** The experiments that match, latest first. */
export function listExperiments(
  engine: Engine,
  filter: { readonly workflow?: string; readonly limit?: number } = {},
): ExperimentRecord[] {
  return engine.store.experiments.list(filter)
}

/** The ledger: recommendations that match, latest first. */
export function listAdvice(
  engine: Engine,
  filter: { readonly workflow?: string; readonly limit?: number } = {},
): AdviceEntry[] {
  return engine.store.advice.list(filter)
}

/** What a run recorded; undefined where nothing was. */
export function traceOf(engine: Engine, runId: string): Trace | undefined {
  return engine.store.traces.read(runId)
}

function oneOf<Record>(kind: string, id: string, found: Found<Record>): Record {
  if (found.kind === 'one') return found.record
  if (found.kind === 'none') {
    throw new StrobeError('engine.unknown-id', `There is no ${kind} "${id}". "strobe list" shows what there is.`, {
      data: { kind, id },
    })
  }
  const message = `"${id}" is the beginning of several ${kind}s: ${found.ids.join(', ')}. Give more of the id.`
  throw new StrobeError('engine.ambiguous-id', message, { data: { kind, id, ids: found.ids } })
}
