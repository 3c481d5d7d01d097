import { parentPort, workerData } from 'node:worker_threads'
import { describeWorkflow } from '../workflow/index.ts'
import { loadWorkflow } from './load-workflow.ts'
import type { ThreadData, ThreadMessage } from './messages.ts'
import { installModuleHooks } from './module-hooks.ts'
import { runTrial } from './trial.ts'

// A worker thread of the runner: checks a workflow or runs one trial of it, and ends.

const data = workerData as ThreadData
const tell = (message: ThreadMessage) => parentPort?.postMessage(message)
const globals = globalThis as unknown as Record<symbol, unknown>
const { workspace } = data.job.type === 'check' ? data.job.source : data.job.trial
globals[Symbol.for('strobe.workspace')] = workspace

const files = installModuleHooks(data.transformed, (url, file) => tell({ type: 'transformed', url, file }))

if (data.job.type === 'check') {
  const { model, diagnostics } = await loadWorkflow(data.job.source.file, files)
  const description = model && describeWorkflow(model)
  tell({ type: 'checked', check: { diagnostics, ...(description ? { description, source: files.digest() } : {}) } })
} else {
  await runTrial(data.job.trial, data, files, tell)
}
