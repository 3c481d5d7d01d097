import { closeSync, openSync, writeSync } from 'node:fs'
import {
  frameOf,
  IterationFrame,
  type IterationRow,
  type LogEnd,
  type LogFrameKind,
  type LogNodeResult,
  type LogNote,
  type LogPayloads,
  type LogPlanned,
  markKinds,
  type Samples,
  type SpanColumns,
  type SpanEnds,
  spanEndsFrame,
  spansFrame,
} from '../trace/index.ts'
import type { CounterSink } from './capture/counters.ts'
import type { SpanSink } from './capture/span-recorder.ts'
import type { StringTable } from './capture/strings.ts'

type CounterUnit = Parameters<CounterSink>[1]

/** Values of counters and marks that may be lost at a crash; more are written at once. */
const pendingLimit = 2048

/**
 * Writes a run's log from the thread that is measured. Every write is one `writeSync` of whole frames: what was written
 * is in the file when the call returns, whatever happens to the thread or its process afterwards.
 */
export class TrialLog implements SpanSink {
  readonly #file: number
  readonly #strings: StringTable
  readonly #iteration = new IterationFrame()
  readonly #counters = new Map<string, { unit: CounterUnit; time: number[]; value: number[] }>()
  #marks: Array<{ kind: number; name: number; detail: number; time: number; duration: number }> = []
  #stringCount = 1
  #pending = 0

  constructor(path: string, strings: StringTable) {
    this.#file = openSync(path, 'a')
    this.#strings = strings
  }

  planned(planned: LogPlanned): void {
    this.#write('planned', planned)
  }

  writeSpans(columns: SpanColumns, count: number, first: number): void {
    this.#writeStrings()
    writeSync(this.#file, spansFrame(columns, 0, count, first))
  }

  writeSpanEnds(ends: SpanEnds, count: number): void {
    this.#writeStrings()
    writeSync(this.#file, spanEndsFrame(ends, 0, count))
  }

  iteration(row: IterationRow): void {
    this.#writeStrings()
    writeSync(this.#file, this.#iteration.fill(row))
  }

  counter(name: string, unit: CounterUnit, time: number, value: number): void {
    let counter = this.#counters.get(name)
    if (!counter) {
      counter = { unit, time: [], value: [] }
      this.#counters.set(name, counter)
    }
    counter.time.push(time)
    counter.value.push(value)
    if (++this.#pending > pendingLimit) this.flush()
  }

  mark(kind: (typeof markKinds)[number], name: string, time: number, duration = 0, detail = ''): void {
    const [nameId, detailId] = [this.#strings.idOf(name), this.#strings.idOf(detail)]
    this.#marks.push({ kind: markKinds.indexOf(kind), name: nameId, detail: detailId, time, duration })
    if (++this.#pending > pendingLimit) this.flush()
  }

  nodeResult(result: LogNodeResult): void {
    this.#write('node-result', result)
  }

  samples(samples: Samples): void {
    this.#writeStrings()
    this.#write('samples', samples)
  }

  /** Writes counters and marks that are still in memory. */
  flush(): void {
    this.#writeStrings()
    for (const [name, { unit, time, value }] of this.#counters) {
      if (time.length === 0) continue
      this.#write('counter', { name, unit, time: Float64Array.from(time), value: Float64Array.from(value) })
      time.length = 0
      value.length = 0
    }
    const marks = this.#marks
    this.#marks = []
    if (marks.length > 0) {
      this.#write('marks', {
        kind: Uint8Array.from(marks, ({ kind }) => kind),
        name: Uint32Array.from(marks, ({ name }) => name),
        detail: Uint32Array.from(marks, ({ detail }) => detail),
        time: Float64Array.from(marks, ({ time }) => time),
        duration: Float64Array.from(marks, ({ duration }) => duration),
      })
    }
    this.#pending = 0
  }

  /** Writes the last record and closes the file. */
  end(end: LogEnd): void {
    this.flush()
    this.#write('end', end)
    closeSync(this.#file)
  }

  #writeStrings(): void {
    const strings = this.#strings.takeUnwritten()
    if (strings.length === 0) return
    this.#write('strings', { first: this.#stringCount, strings })
    this.#stringCount += strings.length
  }

  #write<Kind extends LogFrameKind>(kind: Kind, payload: LogPayloads[Kind]): void {
    writeSync(this.#file, frameOf(kind, payload))
  }
}

/** Appends what came to light after the writing thread had ended. */
export function appendNote(path: string, note: LogNote): void {
  const file = openSync(path, 'a')
  try {
    writeSync(file, frameOf('note', note))
  } finally {
    closeSync(file)
  }
}
