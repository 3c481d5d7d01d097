import type { ExperimentRecord } from '../../analysis/index.ts'
import type { RunRecord } from '../../trace/index.ts'
import type { Engine } from '../engine.ts'
import type { ExperimentListener } from '../experiment-loop.ts'
import type { JobContext, JobEnding } from './jobs.ts'
import { liveExperiment } from './live-experiments.ts'
import type { ServiceEvents } from './service-events.ts'

/** What jobs work on. */
export interface Bench {
  readonly engine: Engine
  readonly events: ServiceEvents
}

/** Tells how an experiment goes on while it is measured. */
export async function followExperiment(
  { events }: Bench,
  { found }: Pick<JobContext, 'found'>,
  measure: (listener: ExperimentListener, started: (id: string) => void) => Promise<ExperimentRecord>,
): Promise<JobEnding> {
  const live = liveExperiment(events)
  const record = await measure(live.tell, (experiment) => found({ experiment }))
  live.end(record)
  return endingOfExperiment(record)
}

/** A run that failed is a result, and yet what was asked for was not done. */
export function endingOfRun({ reason, error }: RunRecord): JobEnding {
  if (reason === 'finished') return { status: 'done' }
  if (reason === 'cancelled') return { status: 'cancelled' }
  return { status: 'failed', error: error ?? { code: `run.${reason}`, message: `The run ended as "${reason}".` } }
}

function endingOfExperiment({ stop, status }: ExperimentRecord): JobEnding {
  if (stop === 'cancelled') return { status: 'cancelled' }
  if (status !== 'failed') return { status: 'done' }
  const message =
    'The trials of a variant fail again and again, so that nothing can be compared. Look at one of its runs.'
  return { status: 'failed', error: { code: 'experiment.failed', message } }
}
