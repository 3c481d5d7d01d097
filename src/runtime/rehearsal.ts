import { devNull } from 'node:os'
import { planWorkflow, workflow, workflowOf } from '../workflow/index.ts'
import { Capture } from './capture/capture.ts'
import { startClock } from './capture/clock.ts'
import { watchCounters } from './capture/counters.ts'
import { watchGc } from './capture/gc-marks.ts'
import { IterationProbe } from './capture/iteration-probe.ts'
import { SpanRecorder } from './capture/span-recorder.ts'
import { StringTable } from './capture/strings.ts'
import { createDeadlineCell, Deadlines } from './deadline-cell.ts'
import type { Execution } from './execute/execution.ts'
import { runNodes } from './execute/run-nodes.ts'
import { Slots } from './execute/slots.ts'
import { TrialLog } from './trial-log.ts'

const turns = 50

/** How often the whole is done, so that what comes once in a run is no stranger to the thread either. */
const rounds = 3

/** A state with something of everything that is digested turn by turn. */
const stateAt = (count: number) => ({
  count,
  name: `turn ${count}`,
  few: [count / 3, true, null],
  many: Float64Array.of(count, count / 7),
  sizes: new Uint32Array(2),
})

/** Does nothing, in every way in which a workflow can. */
const nothing = workflow('rehearsal')
  .task('list', {}, () => Array.from({ length: turns }, (_, index) => index))
  .map('items', { over: 'list' }, async (item: number) => item)
  .cycle('loop', {}, (cycle) =>
    cycle
      .start(() => stateAt(0))
      .task('one', {}, ({ state }) => state.count + 1)
      .task('two', { from: ['one'] }, async ({ one }) => one)
      .next(({ two }) => stateAt(two))
      .metric('count', ({ two }) => two, { goal: 'maximise' })
      .until(({ metric }) => metric > turns)
      .limits({ maxIterations: turns }),
  )
  .result(({ loop }) => loop.state)

/**
 * Executes a workflow that does nothing, with the probes that the trial will have, into a log that is thrown away. What the
 * first use of Strobe's own code costs in a fresh thread (compiling it, above all) is several milliseconds: here
 * it is paid before the workflow's time begins. Nothing of the user's is loaded yet, and nothing of it gets warmer.
 */
export async function rehearse(full: boolean): Promise<void> {
  const { plan } = planWorkflow(workflowOf(nothing)!, {})
  const strings = new StringTable()
  const clock = startClock()
  const log = new TrialLog(devNull, strings)
  const spans = full ? new SpanRecorder(log) : undefined
  const capture = new Capture(clock, strings, spans)
  const probe = new IterationProbe(clock, strings, full, (row) => {
    log.iteration(row)
    if (row.index % 8 === 0) spans?.flush()
  })
  const stops = full
    ? [
        watchGc(clock, () => {}),
        watchCounters(clock, (name, unit, time, value) => log.counter(name, unit, time, value)),
      ]
    : []
  for (let round = 0; round < rounds; round++) {
    const execution: Execution = {
      ...{ plan: plan!, capture, iterations: probe, deadlines: new Deadlines(createDeadlineCell()), cycles: [] },
      ...{ resources: new Map(), slots: new Slots(8), seed: 1, now: 0, grace: 0, report: () => {}, log: () => {} },
      nodeEnded: (path) => log.nodeResult({ path, ok: true, end: clock.now() }),
    }
    const { signal } = new AbortController()
    const scope = { outputs: new Map(), extras: {}, signal, isTurn: false, turn: 0 }
    const span = capture.begin('workflow', 'rehearsal')
    await capture.within(span, () => runNodes(execution, plan!.nodes, { ...scope, span }, execution.nodeEnded))
    capture.end(span)
  }
  for (const stop of stops) stop()
  spans?.flush()
  log.end({
    ...{ reason: 'finished', value: null, cycles: [] },
    phases: { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null },
  })
}
