import type { z } from 'zod'
import type { ExperimentRecord } from '../analysis/index.ts'
import { adviceMethods } from './contract/advice.ts'
import { budgetMethods } from './contract/budgets.ts'
import { experimentMethods } from './contract/experiments.ts'
import { type JobLog, type JobState, jobMethods } from './contract/jobs.ts'
import { reportMethods } from './contract/reports.ts'
import { runMethods } from './contract/runs.ts'
import { type StudioState, studioMethods } from './contract/studio.ts'
import { workflowMethods } from './contract/workflows.ts'
import { type EventKind, event, type Method } from './method.ts'

export * from './contract/advice.ts'
export * from './contract/budgets.ts'
export * from './contract/experiments.ts'
export * from './contract/jobs.ts'
export * from './contract/reports.ts'
export * from './contract/runs.ts'
export * from './contract/studio.ts'
export * from './contract/trace-blob.ts'
export * from './contract/workflows.ts'

/** Raise it with every change of the contract: two sides of different versions do not talk, they say so. */
export const contractVersion = 1

/** Everything that the user interface can ask the engine for. */
export const methods = {
  ...studioMethods,
  ...workflowMethods,
  ...runMethods,
  ...experimentMethods,
  ...adviceMethods,
  ...jobMethods,
  ...reportMethods,
  ...budgetMethods,
}

/** What of a workspace may have changed, so that whoever shows it asks again. */
export type Changed = 'workflows' | 'runs' | 'experiments' | 'advice' | 'budgets'

/** Everything that the engine tells without being asked. */
export const events = {
  studio: event<StudioState>(),
  job: event<JobState>(),
  'job-log': event<JobLog>(),
  /** An experiment that is going on, at most four times a second, and once more when it has ended. */
  experiment: event<ExperimentRecord>(),
  changed: event<readonly Changed[]>(),
}

export type Methods = typeof methods
export type MethodName = keyof Methods
/** What a caller sends: what has a default may be left out. */
export type ParamsOf<Name extends MethodName> = z.input<Methods[Name]['params']>
/** What a handler gets: validated, with the defaults. */
export type InputOf<Name extends MethodName> = z.output<Methods[Name]['params']>
export type ResultOf<Name extends MethodName> = Methods[Name] extends Method<z.ZodType, infer Result> ? Result : never

export type Events = typeof events
export type EventName = keyof Events
export type PayloadOf<Name extends EventName> = Events[Name] extends EventKind<infer Payload> ? Payload : never
