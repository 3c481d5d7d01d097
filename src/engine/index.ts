export { advise } from './advise.ts'
export type * from './api.ts'
export { applyRecommendation } from './apply.ts'
export { readBudgets, writeBudget } from './budgets.ts'
export { compareCommands } from './command-experiment.ts'
export { type Engine, type EngineOptions, openEngine } from './engine.ts'
export { runExperiment } from './experiment.ts'
export {
  exportReport,
  reportFormatNames,
  reportFormats,
} from './export-report.ts'
export { extendExperiment } from './extend-experiment.ts'
export { findAdvice, findExperiment, findRun, listAdvice, listExperiments, listRuns, traceOf } from './find.ts'
export * from './for-shells.ts'
export { historyOf, type WorkflowHistory, workflowsWithHistory } from './history.ts'
export { copySamples, initWorkspace } from './init-workspace.ts'
export { makeFolder } from './make-folder.ts'
export { type ReportRequest, reportOf } from './report.ts'
export { runOnce } from './run-once.ts'
export { openStudio, type StudioOptions } from './service/studio.ts'
export { checkFile, findWorkflow, listWorkflows, workflowFiles } from './workflows.ts'
