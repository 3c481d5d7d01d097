export * from './budget-file.ts'
export * from './budgets.ts'
export * from './build-schedule.ts'
export * from './call-groups.ts'
export * from './call-tree.ts'
export * from './compare-nodes.ts'
export * from './convergence.ts'
export * from './cpu-clock.ts'
export * from './critical-path.ts'
export * from './durations.ts'
export * from './event-log.ts'
export * from './experiment-arms.ts'
export * from './experiment-cautions.ts'
export * from './experiment-checks.ts'
export * from './experiment-record.ts'
export * from './flame-clock.ts'
export {
  FlameComparison,
  type FlameDifference,
  type FunctionChange,
  type FunctionTest,
  treeOfSide,
} from './flame-difference.ts'
export * from './flame-filter.ts'
export * from './flame-layout.ts'
export * from './flame-parts.ts'
export * from './flame-rectangles.ts'
export * from './flame-sandwich.ts'
export { type FlameTree, flameTreeOf, flameTreeOfSpans } from './flame-tree.ts'
export * from './function-lines.ts'
export { criticalShareOf, layersOf } from './graph-layers.ts'
export {
  type GraphBox,
  type GraphLayout,
  type GraphMeasures,
  type GraphPoint,
  layOutGraph,
} from './graph-layout.ts'
export * from './history-levels.ts'
export * from './history-model.ts'
export * from './history-series.ts'
export type { HistoryExperiment } from './history-sessions.ts'
export * from './iteration-parts.ts'
export * from './iterations.ts'
export * from './knob-values.ts'
export * from './live-estimates.ts'
export * from './node-table.ts'
export * from './replay.ts'
export type { ServiceScale } from './replay-servers.ts'
export type { HiddenWaits } from './replay-waits.ts'
export * from './sample-share.ts'
export * from './schedule-model.ts'
export * from './schedule-resources.ts'
export * from './secondary-metrics.ts'
export * from './secondary-words.ts'
export * from './span-tree.ts'
export * from './statement-cost.ts'
export { type BusyTime, busyTimeOf } from './thread-share.ts'
export * from './verdict-sentence.ts'
