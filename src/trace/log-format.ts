import type { ErrorRecord } from '../base/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'
import type { Counter, IterationColumns, MarkColumns, Samples, SpanColumns } from './model.ts'
import type { CycleSummary, RunMetrics, RunPhases, RunReason, RunRecord, RunResult } from './run-record.ts'

/*
 * The log of a run: one append-only file, `.strobe/runs/<id>.log`, a frame after the other:
 *
 *   u8 0xa7, u8 kind, u16 zero, u32 length of the payload, u32 checksum, payload, zeros up to a multiple of 4
 *
 * All numbers are little-endian. The payload is a JSON document or columns; the checksum covers the kind, the length and the payload. A
 * frame counts when all of it is there, so that whoever is killed while writing loses that frame and nothing else.
 */

/** First record of a run's log: what is known before anything of the user's was loaded. */
export interface LogHeader {
  readonly run: RunRecord
  /** Wall clock at the trace's origin, milliseconds since 1970; absent: the run's `startedAt`. */
  readonly origin?: number
  /** Version of the trace format; absent: the writer's own, which the frame then holds. */
  readonly version?: number
}

/** Written once the module is loaded and the plan is made. */
export interface LogPlanned {
  readonly description: WorkflowDescription
  readonly params: Readonly<Record<string, unknown>>
  /** SHA-256 of all own files that were loaded. */
  readonly source?: string
}

/** Strings that were added to the table. They come before whatever refers to them. */
export interface LogStrings {
  /** Id of the first of them; the table begins with the empty string, so the first that is written has id 1. */
  readonly first: number
  readonly strings: readonly string[]
}

/** A batch of spans: rows in order, those that are still going on with status `open`. */
export interface LogSpans {
  /** Row of the first of them: the number of all spans before. Where it is smaller, these rows replace earlier ones. */
  readonly first: number
  readonly spans: SpanColumns
}

/** Ends of spans whose rows were written before they had ended, as columns of equal length. */
export interface SpanEnds {
  readonly span: Uint32Array
  readonly status: Uint8Array
  readonly duration: Float64Array
  readonly wait: Float64Array
  readonly quantity: Float64Array
  /** String id that replaces the span's detail; 0 leaves it. */
  readonly detail: Uint32Array
}

/** Written when a node of the top level has ended. */
export interface LogNodeResult {
  readonly path: string
  readonly ok: boolean
  /** Nanoseconds since the trace's origin. */
  readonly end: number
  readonly error?: ErrorRecord
}

/** Last record of a log that was written to its end. */
export interface LogEnd {
  readonly reason: RunReason
  readonly value: number | null
  readonly phases: RunPhases
  readonly cycles: readonly CycleSummary[]
  readonly error?: ErrorRecord
  readonly result?: RunResult
  readonly peakMemory?: number
  readonly metrics?: RunMetrics
  readonly repeats?: Float64Array
}

/** Facts that came to light outside of the writing thread, perhaps after its death. They go over those of the end. */
export type LogNote = Partial<LogEnd>

/** What each kind of frame holds. */
export interface LogPayloads {
  readonly header: LogHeader
  readonly planned: LogPlanned
  readonly strings: LogStrings
  readonly spans: LogSpans
  readonly 'span-ends': SpanEnds
  readonly iterations: IterationColumns
  /** More values of a counter; those of the same name and unit are joined. */
  readonly counter: Counter
  readonly marks: MarkColumns
  readonly 'node-result': LogNodeResult
  /** All samples of the run; of several such frames the last one counts. */
  readonly samples: Samples
  readonly end: LogEnd
  readonly note: LogNote
}
export type LogFrameKind = keyof LogPayloads

/** The position of a kind in this list is its number in the file, from 1: append only. */
export const logFrameKinds: readonly LogFrameKind[] = [
  'header',
  'planned',
  'strings',
  'spans',
  'span-ends',
  'iterations',
  'counter',
  'marks',
  'node-result',
  'samples',
  'end',
  'note',
]

export const frameMagic = 0xa7
export const frameHeaderLength = 12
