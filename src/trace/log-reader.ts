import type { Diagnostic } from '../base/index.ts'
import { parseDocument } from './document.ts'
import type { LogEnd, LogHeader, LogNodeResult, LogNote, LogPlanned } from './log-format.ts'
import { isLogEnd, isLogHeader, isLogNodeResult, isLogNote, isLogPlanned, isLogStrings } from './log-guards.ts'
import { type LogFrame, type LogTail, walkFrames } from './log-walk.ts'
import type { Trace } from './model.ts'
import type { RunRecord } from './run-record.ts'
import { TraceAssembly } from './trace-assembly.ts'
import { refuseVersion } from './upgraders.ts'

/** What a log holds, whether it was written to its end or not. */
export interface LogReading {
  /** The header's record with what was planned and how the run ended merged in; absent where the header is. */
  readonly run?: RunRecord
  readonly trace: Trace
  readonly nodeResults: readonly LogNodeResult[]
  /** Whether the end was written: where it was not, the writer died. */
  readonly complete: boolean
  /** What is missing or damaged. A torn last frame is a warning, damage inside an error. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a log: every whole frame up to the first place where there is none. Never throws and never gives a trace with a reference
 * that leads nowhere. Spans that have not ended get the status `open` and a duration up to the last recorded instant.
 */
export function readLog(bytes: Uint8Array): LogReading {
  const reader = new LogReader()
  const { tail, offset } = walkFrames(
    bytes,
    (frame) => reader.take(frame),
    (at, why) =>
      why === 'checksum'
        ? reader.complain('log.damaged-frame', 'error', `A record of the run’s log is damaged, at byte ${at}.`)
        : reader.complain('log.unknown-frame', 'warning', `A newer Strobe wrote a record of the log, at byte ${at}.`),
  )
  return reader.finish(tail, offset)
}

class LogReader {
  readonly #assembly = new TraceAssembly()
  readonly #nodeResults: LogNodeResult[] = []
  readonly #complaints = new Map<string, { diagnostic: Diagnostic; more: number }>()
  #header: LogHeader | undefined
  #planned: LogPlanned | undefined
  #end: LogEnd | undefined
  #note: LogNote = {}

  take(frame: LogFrame): void {
    if (this.#takeDocument(frame) || this.#assembly.takeColumns(frame)) return
    this.complain('log.damaged-frame', 'error', `A record of the run’s log cannot be read, at byte ${frame.offset}.`)
  }

  /** Keeps the first complaint of a kind and counts the others: a log of damage must not become a list as long. */
  complain(code: string, severity: Diagnostic['severity'], message: string): void {
    const known = this.#complaints.get(code)
    if (known) known.more++
    else this.#complaints.set(code, { diagnostic: { severity, code, message }, more: 0 })
  }

  finish(tail: LogTail, offset: number): LogReading {
    if (tail === 'torn') this.complain('log.torn', 'warning', `The log ends inside a record, at byte ${offset}.`)
    if (tail === 'foreign') {
      this.complain('log.damaged', 'error', `What follows byte ${offset} of the log is no record of a run.`)
    }
    const run = this.#run()
    if (!run) this.complain('log.no-header', 'error', 'The log does not say which run it is of.')
    const { trace, mended } = this.#assembly.finish(this.#header?.origin ?? run?.startedAt ?? 0, this.#lastResult())
    if (mended > 0) {
      this.complain('log.bad-reference', 'error', `${mended} numbers of the log point to nothing; they were left out.`)
    }
    return {
      ...(run ? { run } : {}),
      trace,
      nodeResults: this.#nodeResults,
      complete: this.#end !== undefined,
      diagnostics: [...this.#complaints.values()].map(({ diagnostic, more }) =>
        more === 0 ? diagnostic : { ...diagnostic, message: `${diagnostic.message} There are ${more} more like it.` },
      ),
    }
  }

  /** Whether the frame held a document of the right shape; columns are left to the assembly. */
  #takeDocument({ kind, payload }: LogFrame): boolean {
    switch (kind) {
      case 'header': {
        const header = documentIn(payload)
        if (!isLogHeader(header)) return false
        const refusal = refuseVersion(header.version)
        if (refusal) this.complain(refusal.code, refusal.severity, refusal.message)
        this.#header ??= header
        return true
      }
      case 'planned':
        return take(documentIn(payload), isLogPlanned, (planned) => {
          this.#planned = planned
        })
      case 'strings':
        return take(documentIn(payload), isLogStrings, (strings) => this.#assembly.takeStrings(strings))
      case 'node-result':
        return take(documentIn(payload), isLogNodeResult, (result) => this.#nodeResults.push(result))
      case 'end':
        return take(documentIn(payload), isLogEnd, (end) => {
          this.#end = end
        })
      case 'note':
        return take(documentIn(payload), isLogNote, (note) => {
          this.#note = { ...this.#note, ...note }
        })
      default:
        return false
    }
  }

  #run(): RunRecord | undefined {
    return this.#header && { ...this.#header.run, ...this.#planned, ...this.#end, ...this.#note }
  }

  #lastResult(): number {
    return this.#nodeResults.reduce((last, { end }) => Math.max(last, end), 0)
  }
}

function take<T>(value: unknown, guard: (value: unknown) => value is T, keep: (value: T) => unknown): boolean {
  if (!guard(value)) return false
  keep(value)
  return true
}

function documentIn(payload: Uint8Array): unknown {
  return parseDocument(new TextDecoder().decode(payload))
}
