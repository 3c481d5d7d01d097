import type { ExperimentRecord } from '../../analysis/index.ts'
import type { ServiceEvents } from './service-events.ts'
import { Throttle } from './throttle.ts'

/** Milliseconds between two tellings of an experiment. */
const pace = 250

/** Tells how an experiment goes on, at a pace that a page can follow. */
export function liveExperiment(events: ServiceEvents): {
  tell(record: ExperimentRecord): void
  /** Tells how it ended, at once. */
  end(record: ExperimentRecord): void
} {
  const throttle = new Throttle<ExperimentRecord>(pace, (record) => events.publish('experiment', record))
  return {
    tell: (record) => throttle.push(record),
    end: (record) => {
      throttle.push(record)
      throttle.flush()
    },
  }
}
