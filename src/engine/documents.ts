import type { ExperimentRecord } from '../analysis/index.ts'
import type { Store } from '../store/index.ts'
import type { AdviceEntry } from './api.ts'

/** An experiment as it is stored: with what the store looks for at its top. */
export type ExperimentRow = ExperimentRecord & { readonly workflow: string }

/** A recommendation as it is stored: with what the store looks for at its top. */
export type LedgerRow = AdviceEntry & { readonly status: string }

/** The store of a workspace, with what the engine keeps in it. */
export type WorkspaceStore = Store<ExperimentRow, LedgerRow>

export function experimentRow(record: ExperimentRecord): ExperimentRow {
  return { ...record, workflow: record.settings.workflow }
}

export function ledgerRow(entry: AdviceEntry): LedgerRow {
  return { ...entry, status: entry.recommendation.status }
}
