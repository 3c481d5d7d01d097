import { dirname } from 'node:path'
import type { RunMetrics } from '../../trace/index.ts'
import type { Plan } from '../../workflow/index.ts'
import { builtFile } from '../built-file.ts'
import type { TransformedFile, TrialRequest } from '../messages.ts'
import { TrialLog } from '../trial-log.ts'
import { Capture, type SpanEnding } from './capture.ts'
import type { TraceClock } from './clock.ts'
import { type CounterSink, watchCounters } from './counters.ts'
import { CpuSampler } from './cpu-sampler.ts'
import { ForeignRequests } from './foreign-requests.ts'
import { type GcMark, watchGc } from './gc-marks.ts'
import { IterationProbe } from './iteration-probe.ts'
import { kindNumber, SpanRecorder, statusNumber } from './span-recorder.ts'
import { installSteps } from './steps.ts'
import { StringTable } from './strings.ts'
import { watchToolkit } from './toolkit-calls.ts'

/** All probes of one trial, as its capture level asks for, and the log that they write to. */
export class TrialCapture {
  readonly log: TrialLog
  readonly spans: Capture
  readonly iterations: IterationProbe
  readonly #clock: TraceClock
  readonly #strings = new StringTable()
  readonly #sampler: CpuSampler | undefined
  #stops: Array<() => void> = []
  #plan: Plan | undefined
  #workflowSpan = -1
  #restart: (start: number) => void = () => {}
  readonly #collections: GcMark[] = []
  #peakHeap = 0
  #start = 0
  #end = Number.POSITIVE_INFINITY

  constructor(trial: TrialRequest, clock: TraceClock) {
    this.#clock = clock
    this.log = new TrialLog(trial.logPath, this.#strings)
    const full = trial.capture.level === 'standard'
    const recorder = full ? new SpanRecorder(this.log) : undefined
    this.spans = new Capture(clock, this.#strings, recorder)
    // A look at the clock at every iteration decides whether the spans so far go to the log, too.
    let flushed = clock.now()
    this.iterations = new IterationProbe(clock, this.#strings, full, (row) => {
      this.log.iteration(row)
      const now = row.start + row.duration
      if (now - flushed < flushInterval) return
      flushed = now
      recorder?.flush()
      this.log.flush()
    })
    const { sampleInterval } = trial.capture
    this.#sampler =
      sampleInterval === undefined ? undefined : new CpuSampler(sampleInterval, dirname(builtFile('trial.js')))
  }

  /** Begins what surrounds the workflow: its span, and listening to resources while they open. */
  begin(plan: Plan): void {
    this.#plan = plan
    // Names that will be needed go into the log now, and not in the workflow's time.
    for (const { kind, path } of plan.nodes) if (kind === 'cycle') this.#strings.idOf(path)
    this.log.flush()
    const { spans } = this.spans
    if (!spans) return
    const [name, variant] = [this.#strings.idOf(plan.workflow.name), this.#strings.idOf(plan.variant)]
    this.#workflowSpan = spans.begin(kindNumber.workflow, name, -1, -1, variant, this.#clock.now())
    this.#restart = (start) => spans.restart(this.#workflowSpan, kindNumber.workflow, name, variant, start)
    const foreign = new ForeignRequests(this.spans)
    const counter = this.log.counter.bind(this.log)
    this.#stops = [watchToolkit(this.spans, foreign, counter), foreign.watch(), installSteps(this.spans)]
  }

  /** Starts the probes, which takes a while, and then the workflow's own time. */
  beginWorkflow(): { readonly span: number; readonly start: number } {
    const { spans } = this.spans
    if (spans) {
      this.#stops.push(
        watchGc(this.#clock, (mark) => {
          this.#collections.push(mark)
          this.log.mark('gc', mark.kind, mark.time, mark.duration)
        }),
        watchCounters(this.#clock, (...reading: Parameters<CounterSink>) => {
          const [name, , , value] = reading
          if (name === 'heap') this.#peakHeap = Math.max(this.#peakHeap, value)
          this.log.counter(...reading)
        }),
      )
    }
    if (this.#sampler) {
      this.spans.keepNodeEvents()
      this.#sampler.start()
    }
    const start = this.#clock.now()
    this.#start = start
    this.#restart(start)
    return { span: this.#workflowSpan, start }
  }

  /** Ends the workflow's own time. */
  endWorkflow(span: number, end: number, ending: SpanEnding): void {
    this.#end = end
    if (span >= 0) this.spans.spans?.end(span, end, statusNumber[ending])
  }

  /** A probe for iterations that are not recorded: those of repetitions before the last. */
  silentIterations(): IterationProbe {
    return new IterationProbe(this.#clock, this.#strings, false, () => {})
  }

  /** What the probes measured over the workflow's own time; to be asked for when they have ended. */
  metrics(): Pick<RunMetrics, 'gc' | 'peakHeap'> {
    if (!this.spans.spans) return {}
    const within = this.#collections.filter(({ time }) => time >= this.#start && time < this.#end)
    return { gc: within.reduce((sum, { duration }) => sum + duration, 0), peakHeap: this.#peakHeap }
  }

  /** Ends all probes and writes what they still hold. */
  end(files: ReadonlyMap<string, TransformedFile>): void {
    for (const stop of this.#stops.reverse()) stop()
    this.#stops = []
    this.spans.spans?.flush()
    if (this.#sampler && this.#plan) {
      const events = this.spans.nodeEvents ?? []
      const samples = this.#sampler.stop(this.#plan.workflow, files, events, this.#clock, this.#strings)
      if (samples) this.log.samples(samples)
    }
  }
}

/** How long spans may stay in memory while iterations go by, in nanoseconds. */
const flushInterval = 100e6
