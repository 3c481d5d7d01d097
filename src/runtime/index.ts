export { builtFile } from './built-file.ts'
export type { RunLimits, TrialProgress, TrialRequest, WorkflowCheck } from './messages.ts'
export { RunnerClient } from './runner-client.ts'
export { forkRunner, type RunnerProcess, type Spawner } from './runner-process.ts'
