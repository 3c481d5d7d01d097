import type { ErrorRecord } from '../base/index.ts'
import type { CycleReason, Patch, WorkflowDescription } from '../workflow/index.ts'

/** What a run recorded while it ran. `off` keeps its result, times and iterations only; `standard` adds spans, counters and marks. */
export interface CaptureSettings {
  readonly level: 'off' | 'standard'
  /** Interval of CPU samples in microseconds; absent: none are taken. */
  readonly sampleInterval?: number
}

/** How a run ended. */
export type RunReason =
  | 'finished'
  | 'failed'
  | 'cancelled'
  | 'timeout'
  | 'memory-limit'
  | 'exited'
  | 'crashed'
  /** Nothing more could happen and the result was not there: a promise that nobody settles. */
  | 'never-settled'
  /** The studio or the runner went away in the middle. */
  | 'interrupted'

/** What the run was made on: stable facts, so that runs of one machine can be told from those of another. */
export interface Environment {
  /** Digest of the stable facts of the machine: model, cores, memory, OS. */
  readonly machine: string
  readonly cpuModel: string
  readonly cores: number
  /** Bytes. */
  readonly memory: number
  readonly os: string
  readonly node: string
  readonly v8: string
  readonly strobe: string
  readonly git?: { readonly commit: string; readonly dirty: boolean }
  /** SHA-256 of the workflow's file and of all own files that it imports, where known. */
  readonly source: string
}

/** Times of a run's parts outside its value, in nanoseconds. `null` where that part was not reached. */
export interface RunPhases {
  /** From asking for the thread until Strobe's own code in it was ready to run: started, loaded and rehearsed. */
  readonly threadStart: number | null
  readonly moduleLoad: number | null
  readonly resourcesOpen: number | null
  readonly resourcesClose: number | null
}

/** The canonical result of a run, as far as it is kept. */
export interface RunResult {
  /** SHA-256 of the canonical result, hexadecimal. */
  readonly digest: string
  /** Digest of the result with its numbers blanked out; equal shapes can be compared number by number. */
  readonly shape: string
  /** All numbers of the result in canonical order, where a tolerance asks for them. */
  readonly numbers?: Float64Array
  /** The beginning of the canonical text, for people. */
  readonly preview: string
}

/** Place of a run in an experiment. */
export interface TrialPlace {
  readonly experiment: string
  /** From 0; the warm-up block is −1. */
  readonly block: number
  /** Place in the order of the block, from 0. */
  readonly position: number
}

export interface CycleSummary {
  readonly path: string
  readonly reason: CycleReason
  readonly iterations: number
  readonly metric?: number
}

/** What was measured of a run besides its wall time; what was not measured at its capture level is absent. */
export interface RunMetrics {
  /** CPU time of the trial's own thread from the first node's start to the result, nanoseconds. */
  readonly cpu?: number
  /** Time of that thread's garbage collections, nanoseconds; level `standard`. */
  readonly gc?: number
  /** Highest heap in use of that thread that was seen, looked at every 20 ms, bytes; level `standard`. */
  readonly peakHeap?: number
}

/** One run, as it is listed, stored and shown. */
export interface RunRecord {
  readonly id: string
  readonly workflow: string
  /** Path of the workflow's file, relative to the workspace. */
  readonly file: string
  readonly variant: string
  readonly patch: Patch
  readonly params: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly capture: CaptureSettings
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** `running` while it is going on, else how it ended. */
  readonly reason: RunReason | 'running'
  /** Wall time from the first node's start to the result, in nanoseconds; `null` where there is no result. */
  readonly value: number | null
  readonly phases: RunPhases
  readonly error?: ErrorRecord
  readonly result?: RunResult
  readonly cycles: readonly CycleSummary[]
  readonly description?: WorkflowDescription
  readonly environment?: Environment
  readonly trial?: TrialPlace
  /** Highest resident memory of the runner seen during the run, in bytes. */
  readonly peakMemory?: number
  readonly metrics?: RunMetrics
  /** Wall times of all repetitions inside the thread in nanoseconds, where the workflow was repeated. */
  readonly repeats?: Float64Array
}
