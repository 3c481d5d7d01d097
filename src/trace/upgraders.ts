import type { Diagnostic } from '../base/index.ts'
import { traceVersion } from './model.ts'
import type { ColumnRecord } from './schema.ts'

/** Turns the columns of one version of the trace format into those of the next. Pure; may not throw on any columns. */
export type TraceUpgrader = (columns: ColumnRecord) => ColumnRecord

/**
 * The upgrader at position `n` leads from version `n + 1` to `n + 2`; so there is one less than `traceVersion`. To change
 * the format: raise `traceVersion`, append the upgrader here, and keep a file of the old version in
 * `test/fixtures/traces/`.
 */
const traceUpgraders: readonly TraceUpgrader[] = []

/** Columns of the current version from those of `version`, or why there are none. */
export function upgradeColumns(
  columns: ColumnRecord,
  version: number,
  upgraders: readonly TraceUpgrader[] = traceUpgraders,
): { readonly columns: ColumnRecord } | { readonly diagnostics: readonly Diagnostic[] } {
  const refusal = refuseVersion(version, upgraders.length + 1)
  if (refusal) return { diagnostics: [refusal] }
  let current = columns
  for (const upgrade of upgraders.slice(version - 1)) current = upgrade(current)
  return { columns: current }
}

/** Says why a trace of this version cannot be read, or nothing where it can. */
export function refuseVersion(version: number, newest: number = traceVersion): Diagnostic | undefined {
  if (Number.isInteger(version) && version >= 1 && version <= newest) return undefined
  const newer = Number.isInteger(version) && version > newest
  return {
    severity: 'error',
    code: newer ? 'trace.newer-version' : 'trace.damaged',
    message: newer
      ? `The trace is of version ${version}; this Strobe knows versions up to ${newest}.`
      : `The trace says that it is of version ${version}, which there never was.`,
    ...(newer ? { mend: 'Open it with a newer Strobe.' } : {}),
  }
}
