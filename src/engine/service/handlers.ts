import { StrobeError, silentProgress } from '../../base/index.ts'
import type { Changed, JobRequest, JobState, StudioHandlers, StudioState } from '../../protocol/index.ts'
import { advise } from '../advise.ts'
import { readBudgets, writeBudget } from '../budgets.ts'
import { exportReport, reportFormats } from '../export-report.ts'
import { findAdvice, findExperiment, findRun, listAdvice } from '../find.ts'
import { historyOf } from '../history.ts'
import { reportOf } from '../report.ts'
import type { Blobs } from './blobs.ts'
import type { Checks } from './checks.ts'
import { listFolders } from './folders.ts'
import { titleOfJob } from './job-titles.ts'
import type { Jobs } from './jobs.ts'
import { pageOfExperiments, pageOfRuns } from './lists.ts'
import { performJob } from './perform-job.ts'
import type { ServiceEvents } from './service-events.ts'
import { readSource } from './source.ts'
import { workflowCards } from './workflow-cards.ts'
import type { Workspaces } from './workspaces.ts'

/** What the handlers work with. */
export interface StudioParts {
  readonly events: ServiceEvents
  readonly workspaces: Workspaces
  readonly jobs: Jobs
  readonly checks: Checks
  readonly blobs: Blobs
}

/** What may have changed after a job, whatever it was. */
const everything: readonly Changed[] = ['workflows', 'runs', 'experiments', 'advice']

/** All methods of the contract, by the engine's use cases. */
export function studioHandlers(studio: StudioParts): StudioHandlers {
  const { events, workspaces, jobs, checks, blobs } = studio
  const engine = () => workspaces.engine()
  return {
    'studio.state': () => workspaces.state(),
    'folders.list': ({ path }) => listFolders(path),
    'workspace.open': ({ path }) => openWorkspace(studio, () => workspaces.open(path)),
    'workspace.openSamples': () => openWorkspace(studio, () => workspaces.openSamples()),
    'workspace.trust': ({ trusted }) => {
      workspaces.trust(trusted)
      // Nothing runs on that may not be run any more.
      const active = workspaces.state().workspace?.trusted ? undefined : jobs.active
      if (active) jobs.cancel(active.id)
      return tellState(studio)
    },
    'workspace.forget': ({ path }) => {
      workspaces.forget(path)
      return tellState(studio)
    },

    'workflows.list': () => workflowCards(engine()),
    'workflows.check': ({ file }, { signal }) => {
      jobs.requireIdle()
      return checks.check(workspaces.engineToRun(), file, silentProgress(signal))
    },
    'history.get': (params) => historyOf(engine(), params),
    'source.read': (params) => readSource(engine().workspace, params),

    'runs.list': (params) => pageOfRuns(engine(), params),
    'runs.get': ({ id }) => {
      const record = findRun(engine(), id)
      return { record, hasTrace: engine().store.traces.has(record.id) }
    },
    'experiments.list': (params) => pageOfExperiments(engine(), params),
    'experiments.get': ({ id }) => findExperiment(engine(), id),

    'advice.list': (params) => listAdvice(engine(), params),
    'advice.get': ({ id }) => findAdvice(engine(), id),
    'advice.find': async (params, { signal }) => {
      const found = await advise(engine(), params, silentProgress(signal))
      events.publish('changed', ['advice'])
      return found
    },

    'jobs.list': () => jobs.list(),
    'jobs.start': (request) => startJob(studio, request),
    'jobs.cancel': ({ id }) => jobs.cancel(id),
    'jobs.log': ({ id, from }) => jobs.log(id, from),

    'reports.build': (params) => reportOf(engine(), params),
    'reports.export': async ({ format, sections, ...request }, { signal }) =>
      blobs.keep(await exportReport(engine(), request, format, sections, silentProgress(signal))),
    'reports.formats': () =>
      reportFormats().map(({ name, extension, missing }) => ({
        ...{ name, extension },
        ...(missing === undefined ? {} : { missing }),
      })),

    'budgets.list': () => readBudgets(engine().workspace),
    'budgets.set': ({ workflow, budget }) => {
      const budgets = writeBudget(engine().workspace, workflow, budget)
      events.publish('changed', ['budgets'])
      return budgets
    },
  }
}

function openWorkspace(studio: StudioParts, open: () => void): StudioState {
  studio.jobs.requireIdle()
  open()
  return tellState(studio)
}

function tellState({ events, workspaces }: StudioParts): StudioState {
  const state = workspaces.state()
  events.publish('studio', state)
  return state
}

function startJob({ events, workspaces, jobs, checks }: StudioParts, request: JobRequest): JobState {
  jobs.requireIdle()
  const engine = workspaces.engineToRun()
  if (request.kind === 'samples' && !workspaces.isSamples) {
    throw new StrobeError(
      'studio.not-samples',
      'This workspace is not the one with the samples. Open the samples first.',
    )
  }
  return jobs.start(request, {
    title: titleOfJob(engine, request),
    force: () => engine.runner.close(),
    run: async (context) => {
      await checks.idle()
      try {
        return await performJob({ engine, events }, request, context)
      } finally {
        // Nothing of the user's goes on once the job is said to have ended.
        await engine.runner.renew({})
        events.publish('changed', everything)
      }
    },
  })
}
