import { z } from 'zod'
import type { ErrorRecord, ProgressUpdate } from '../../base/index.ts'
import { method } from '../method.ts'

/** Values of knobs by node or resource, and params under `params`. */
const patch = z.record(z.string(), z.record(z.string(), z.unknown()))
const params = z.record(z.string(), z.unknown())
const capture = z.object({
  level: z.enum(['off', 'standard']),
  /** Microseconds between CPU samples; absent: none are taken. */
  sampleInterval: z.int().min(50).max(1_000_000).exactOptional(),
})
const limits = z.object({ timeout: z.number().positive().exactOptional(), heap: z.number().positive().exactOptional() })
const preset = z.enum(['quick', 'standard', 'rigorous'])
const disturbed = z.enum(['discard', 'flag'])

/** What the studio can be told to do that takes longer than a blink. All but `samples` run code of the workspace, which needs trust. */
export const jobRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    file: z.string().min(1),
    variant: z.string().exactOptional(),
    patch: patch.exactOptional(),
    params: params.exactOptional(),
    capture: capture.exactOptional(),
    seed: z.int().exactOptional(),
    limits: limits.exactOptional(),
  }),
  z.object({
    kind: z.literal('compare'),
    file: z.string().min(1),
    /** The first is the baseline; absent: the workflow as written and all its variants. */
    variants: z.array(z.union([z.string(), z.object({ name: z.string(), patch })])).exactOptional(),
    preset: preset.exactOptional(),
    params: params.exactOptional(),
    capture: capture.exactOptional(),
    seed: z.int().exactOptional(),
    rope: z.number().positive().max(1).exactOptional(),
    maxBlocks: z.int().min(2).exactOptional(),
    controlArm: z.boolean().exactOptional(),
    /** Milliseconds. */
    timeBudget: z.number().positive().exactOptional(),
    limits: limits.exactOptional(),
    metric: z.enum(['wall', 'cpu']).exactOptional(),
    goal: z.enum(['verdict', 'direction']).exactOptional(),
    isolation: z.enum(['thread', 'repeats', 'process']).exactOptional(),
    repeats: z.int().min(2).exactOptional(),
    disturbed: disturbed.exactOptional(),
  }),
  z.object({
    kind: z.literal('extend'),
    id: z.string().min(1),
    maxBlocks: z.int().min(2).exactOptional(),
    timeBudget: z.number().positive().exactOptional(),
  }),
  z.object({
    kind: z.literal('apply'),
    id: z.string().min(1),
    preset: preset.exactOptional(),
    name: z.string().max(100).exactOptional(),
    /** Add the variant to the workflow's source when the proof allows it. */
    write: z.boolean().exactOptional(),
    timeBudget: z.number().positive().exactOptional(),
    disturbed: disturbed.exactOptional(),
  }),
  /** Makes finished runs, an experiment and advice in the sample workspace, so that there is something to look at. */
  z.object({ kind: z.literal('samples') }),
])

export type JobRequest = z.infer<typeof jobRequest>

/** How a job is going. `cancelling`: it was told to stop and has not yet. */
export type JobStatus = 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled'

/** What came out of a job. */
export interface JobResult {
  /** Id of the run that was made. */
  readonly run?: string
  /** Id of the experiment that was made or went on. */
  readonly experiment?: string
  /** Id of the recommendation that was applied. */
  readonly advice?: string
  /** Of an application: the diff that adds the variant to the source, whether it was written, or what to write by hand. */
  readonly diff?: string
  readonly written?: boolean
  readonly byHand?: string
}

/** Something that goes on, or went on, in the engine. It outlives the page that asked for it. */
export interface JobState {
  readonly id: string
  readonly request: JobRequest
  /** In a few words: `Comparing 3 variants of orders`. */
  readonly title: string
  readonly status: JobStatus
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly progress: ProgressUpdate
  /** Estimated milliseconds until it ends; absent where nothing can be said. */
  readonly remaining?: number
  /** Known as soon as it is made, long before the job ends. */
  readonly result: JobResult
  readonly error?: ErrorRecord
}

/** Lines that a job logged. */
export interface JobLog {
  readonly job: string
  /** Number of the first line, from 0. */
  readonly first: number
  readonly lines: readonly string[]
}

export const jobMethods = {
  /** Those that go on, and the last that ended, latest first. */
  'jobs.list': method<readonly JobState[]>()(z.object({})),
  /** Answers when the job has begun. Throws `studio.untrusted`, `studio.busy` where one is measuring. */
  'jobs.start': method<JobState>()(jobRequest),
  /** Answers at once; the job ends as `cancelled` and keeps what was measured. */
  'jobs.cancel': method<JobState>()(z.object({ id: z.string() })),
  'jobs.log': method<JobLog>()(z.object({ id: z.string(), from: z.int().min(0).default(0) })),
}
