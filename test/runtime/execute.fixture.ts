import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Capture } from '../../src/runtime/capture/capture.ts'
import { startClock } from '../../src/runtime/capture/clock.ts'
import { IterationProbe } from '../../src/runtime/capture/iteration-probe.ts'
import { SpanRecorder } from '../../src/runtime/capture/span-recorder.ts'
import { StringTable } from '../../src/runtime/capture/strings.ts'
import { createDeadlineCell, Deadlines } from '../../src/runtime/deadline-cell.ts'
import type { Execution } from '../../src/runtime/execute/execution.ts'
import { runNodes } from '../../src/runtime/execute/run-nodes.ts'
import { Slots } from '../../src/runtime/execute/slots.ts'
import { TrialLog } from '../../src/runtime/trial-log.ts'
import { type CycleSummary, readLog, type Trace } from '../../src/trace/index.ts'
import { type Patch, planWorkflow, workflowOf } from '../../src/workflow/index.ts'

/** What executing a workflow inside a test gave. */
export interface Executed {
  readonly outputs: ReadonlyMap<string, unknown>
  readonly error: unknown
  readonly cycles: readonly CycleSummary[]
  /** The trace as a reader of the log sees it. */
  readonly trace: Trace
  /** Paths of nodes in the order in which they ended; failed ones with a `!`. */
  readonly ended: readonly string[]
}

let logs = 0

/** Executes a workflow in this thread, recorded into a log as in a trial, without resources. */
export async function execute(
  workflow: unknown,
  options: { patch?: Patch; signal?: AbortSignal; grace?: number } = {},
): Promise<Executed> {
  const { plan, diagnostics } = planWorkflow(workflowOf(workflow)!, { patch: options.patch ?? {} })
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const strings = new StringTable()
  const path = join(tmpdir(), `strobe-execute-${process.pid}-${logs++}.log`)
  const log = new TrialLog(path, strings)
  const clock = startClock()
  const capture = new Capture(clock, strings, new SpanRecorder(log))
  const cycles: CycleSummary[] = []
  const ended: string[] = []
  const execution: Execution = {
    ...{ plan, capture, cycles, resources: new Map(), seed: 1, now: 0, grace: options.grace ?? 50 },
    iterations: new IterationProbe(clock, strings, true, (row) => log.iteration(row)),
    deadlines: new Deadlines(createDeadlineCell()),
    slots: new Slots(plan.maxConcurrency),
    report: () => {},
    log: () => {},
    nodeEnded: (node, error) => ended.push(error === undefined ? node : `${node}!`),
  }
  const outputs = new Map<string, unknown>()
  let error: unknown
  const signal = options.signal ?? new AbortController().signal
  try {
    await runNodes(
      execution,
      plan.nodes,
      { outputs, extras: {}, signal, span: -1, isTurn: false, turn: 0 },
      execution.nodeEnded,
    )
  } catch (thrown) {
    error = thrown
  }
  capture.spans?.flush()
  log.end({
    ...{ reason: 'finished', value: null, cycles },
    phases: { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null },
  })
  return { outputs, error, cycles, trace: readLog(readFileSync(path)).trace, ended }
}
