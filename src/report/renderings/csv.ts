import type { ReportModel } from '../model.ts'
import { record } from './csv/cells.ts'
import { type ColumnName, columns } from './csv/columns.ts'
import { iterationRows, nodeRows, type Row, recommendationRow, runRow, trialRows, variantRows } from './csv/rows.ts'
import type { Rendering } from './rendering.ts'

const names = Object.keys(columns) as ColumnName[]

/**
 * The numbers of the report as one CSV file by RFC 4180, in UTF-8 and with a heading. The tables of a report stand one after
 * the other, trials first; the column `table` says which one a row is of, all rows have all columns (`csv/columns.ts`), and those
 * that a table has not are empty. Numbers have a point and no groups, and their unit in the heading.
 */
export function renderCsv({ experiments, runs, ledger }: ReportModel): string {
  const rows: Row[] = [
    ...experiments.flatMap(trialRows),
    ...experiments.flatMap(variantRows),
    ...runs.map(runRow),
    ...runs.flatMap(nodeRows),
    ...runs.flatMap(iterationRows),
    ...ledger.map(recommendationRow),
  ]
  return record(names) + rows.map((row) => record(names.map((name) => row[name] ?? null))).join('')
}

export const csvRendering: Rendering = { name: 'csv', extension: 'csv', mediaType: 'text/csv', render: renderCsv }
