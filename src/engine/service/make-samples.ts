import { type Progress, type ProgressUpdate, throwIfCancelled } from '../../base/index.ts'
import { advise } from '../advise.ts'
import { runExperiment } from '../experiment.ts'
import { runOnce } from '../run-once.ts'
import { type Bench, endingOfRun, followExperiment } from './follow-measurement.ts'
import type { JobContext, JobEnding } from './jobs.ts'

const orders = 'orders.workflow.ts'
const kMeans = 'k-means.workflow.ts'

/** Microseconds between CPU samples. */
const sampleInterval = 1000

/** What is made, with the share of the whole time that each takes, in per cent. */
type Step = readonly [share: number, message: string, act: (progress: Progress) => Promise<JobEnding>]

/** Makes something to look at: runs with CPU samples, experiments and advice, in about a minute. */
export async function makeSamples(bench: Bench, { progress, found }: JobContext): Promise<JobEnding> {
  const { engine } = bench
  const capture = { level: 'standard', sampleInterval } as const
  const run = async (file: string, inner: Progress) => {
    const record = await runOnce(engine, { file, capture }, inner, (id) => found({ run: id }))
    return endingOfRun(record)
  }
  const compare = (file: string, variants: readonly string[], inner: Progress) =>
    followExperiment(bench, { found }, (listener, started) =>
      runExperiment(engine, { file, variants, preset: 'quick' }, inner, listener, undefined, started),
    )
  const lookForAdvice = async (workflow: string, inner: Progress): Promise<JobEnding> => {
    await advise(engine, { workflow }, inner)
    return { status: 'done' }
  }
  const steps: readonly Step[] = [
    [3, 'running orders', (inner) => run(orders, inner)],
    [5, 'running k-means', (inner) => run(kMeans, inner)],
    [40, 'comparing variants of orders', (inner) => compare(orders, ['baseline', 'overlapped', 'paired'], inner)],
    [48, 'comparing variants of k-means', (inner) => compare(kMeans, ['baseline', 'bounded'], inner)],
    [2, 'looking for advice on orders', (inner) => lookForAdvice('orders', inner)],
    [2, 'looking for advice on k-means', (inner) => lookForAdvice('k-means', inner)],
  ]
  let before = 0
  for (const [share, message, act] of steps) {
    throwIfCancelled(progress)
    const ending = await act(partOf(progress, message, before, share))
    if (ending.status !== 'done') return ending
    // Between two steps nothing is measured, so that whoever looks may ask for what is new.
    bench.events.publish('changed', ['workflows', 'runs', 'experiments', 'advice'])
    before += share
  }
  return { status: 'done' }
}

/** The progress of a step as a part of the whole, which has 100. */
function partOf(progress: Progress, message: string, before: number, share: number): Progress {
  const tell = ({ done, total, detail }: ProgressUpdate) => {
    const part = done !== undefined && total !== undefined && total > 0 ? Math.min(done / total, 1) : 0
    progress.update({ message, done: before + share * part, total: 100, ...(detail === undefined ? {} : { detail }) })
  }
  tell({})
  return { signal: progress.signal, update: tell, log: (line) => progress.log(line) }
}
