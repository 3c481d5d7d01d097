import type { ReportModel, RunSection } from '../model.ts'

/** The pair that the report is about, else the first runs; at most `most` of them. */
export function comparedRuns({ runs, pair }: ReportModel, most: number): readonly RunSection[] {
  const chosen = pair ? [pair.baseline, pair.best].flatMap((id) => runs.find((run) => run.id === id) ?? []) : runs
  return chosen.slice(0, most)
}
