import type { JobRequest } from '../../protocol/index.ts'
import { applyRecommendation } from '../apply.ts'
import { runExperiment } from '../experiment.ts'
import { extendExperiment } from '../extend-experiment.ts'
import { findAdvice, findExperiment } from '../find.ts'
import { runOnce } from '../run-once.ts'
import { type Bench, endingOfRun, followExperiment } from './follow-measurement.ts'
import type { JobContext, JobEnding } from './jobs.ts'
import { makeSamples } from './make-samples.ts'

/** Does what a job asks for, to its end. */
export async function performJob(bench: Bench, request: JobRequest, context: JobContext): Promise<JobEnding> {
  const { engine } = bench
  const { progress, found } = context
  switch (request.kind) {
    case 'run': {
      const { kind: _kind, ...run } = request
      const record = await runOnce(engine, run, progress, (id) => found({ run: id }))
      return endingOfRun(record)
    }
    case 'compare': {
      const { kind: _kind, ...comparison } = request
      return followExperiment(bench, context, (listener, started) =>
        runExperiment(engine, comparison, progress, listener, undefined, started),
      )
    }
    case 'extend': {
      const { kind: _kind, ...extension } = request
      return followExperiment(bench, context, async (listener, started) => {
        started(findExperiment(engine, request.id).id)
        return extendExperiment(engine, extension, progress, listener)
      })
    }
    case 'apply': {
      const { kind: _kind, ...application } = request
      return followExperiment(bench, context, async (listener, started) => {
        found({ advice: findAdvice(engine, request.id).id })
        const outcome = await applyRecommendation(engine, application, progress, listener, started)
        const { diff, written, byHand } = outcome
        found({ written, ...(diff === undefined ? {} : { diff }), ...(byHand === undefined ? {} : { byHand }) })
        return findExperiment(engine, outcome.experiment)
      })
    }
    case 'samples':
      return makeSamples(bench, context)
  }
}
