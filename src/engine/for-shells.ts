// What shells show, from the rooms behind the engine: a shell imports base, protocol and the engine's index only.
export type {
  EvidenceNumber,
  KnobChange,
  Prediction,
  Proof,
  Recommendation,
  RecommendationStatus,
} from '../advice/index.ts'
export {
  type Budget,
  type BudgetCheck,
  type Budgets,
  type BudgetTarget,
  budgetTargets,
  buildNodeTable,
  type CycleReport,
  checkBudget,
  comparisonsOf,
  contendersOf,
  describeBudgetCheck,
  type ExperimentRecord,
  formatBudgetValue,
  type HistoryPoint,
  type HistorySeries,
  historyLevels,
  historyRange,
  invalidationsByArm,
  type MetricTrajectory,
  metricLabels,
  type NodeRow,
  type NodeTable,
  nameOfArm,
  parseBudgetValue,
  type RankedVariant,
  rankVariants,
  reportCycles,
  type SecondaryMetric,
  secondaryMetricsOf,
  trialUnit,
  valuesByArm,
} from '../analysis/index.ts'
export { flagsOf, type ReportSectionName, renderings, reportSections } from '../report/index.ts'
export { median } from '../statistics/index.ts'
export type { RunRecord, Trace } from '../trace/index.ts'
export type { Patch } from '../workflow/index.ts'
