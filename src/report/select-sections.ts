import type { ReportModel, ReportSectionName } from './model.ts'

/** All that a report can consist of below its headline, in the order in which it is read. */
export const reportSections: readonly ReportSectionName[] = ['experiments', 'runs', 'advice', 'appendix']

/**
 * The report with only these parts. The headline stays, whatever it rests on; `sections` of the result names what is left, so
 * that a rendering writes no heading for what was taken out. What was taken out before does not come back.
 * - `experiments`: verdicts, rankings and trials. `runs`: where the time went, and the workflow's graph.
 * - `advice`: recommendations and the ledger. `appendix`: how experiments were planned, the workflow's nodes, machine and source.
 */
export function selectSections(model: ReportModel, sections: readonly ReportSectionName[]): ReportModel {
  const left = reportSections.filter((name) => sections.includes(name) && model.sections.includes(name))
  const has = (name: ReportSectionName) => left.includes(name)
  const withMachine = <Part extends { readonly environment: number | null }>(part: Part): Part =>
    has('appendix') ? part : { ...part, environment: null }
  return {
    ...model,
    sections: left,
    environments: has('appendix') ? model.environments : [],
    workflow: has('runs') || has('appendix') ? model.workflow : null,
    experiments: has('experiments') ? model.experiments.map(withMachine) : [],
    runs: has('runs') ? model.runs.map(withMachine) : [],
    pair: has('runs') ? model.pair : null,
    advice: has('advice') ? model.advice : [],
    ledger: has('advice') ? model.ledger : [],
  }
}
