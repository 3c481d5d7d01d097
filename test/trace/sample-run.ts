import type {
  Counter,
  IterationColumns,
  MarkColumns,
  RunRecord,
  Samples,
  SpanColumns,
  Trace,
} from '../../src/trace/index.ts'
import { emptyTrace, iterationSchema, markSchema, newTable, spanSchema } from '../../src/trace/index.ts'

/** A run's record with every field that has no default. */
export function sampleRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'r0000000000001',
    workflow: 'orders',
    file: 'orders.workflow.ts',
    variant: 'baseline',
    patch: {},
    params: { limit: 500 },
    seed: 7,
    capture: { level: 'standard' },
    startedAt: 1_790_000_000_000,
    reason: 'running',
    value: null,
    phases: { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null },
    cycles: [],
    ...changes,
  }
}

/** `count` spans that have ended: the workflow, and under it calls of 500 ns that begin every microsecond. */
export function sampleSpans(count: number): SpanColumns {
  const spans = newTable(spanSchema, count)
  for (let row = 0; row < count; row++) {
    spans.kind[row] = row === 0 ? 0 : 5
    spans.name[row] = row === 0 ? 1 : 2
    spans.detail[row] = row === 0 ? 0 : 3
    spans.parent[row] = row === 0 ? -1 : 0
    spans.index[row] = -1
    spans.start[row] = row * 1000
    spans.duration[row] = row === 0 ? count * 1000 : 500
    spans.wait[row] = row % 3 === 1 ? 100 : 0
    spans.quantity[row] = row === 0 ? -1 : row
  }
  return spans
}

export function sampleIterations(count: number): IterationColumns {
  const iterations = newTable(iterationSchema, count)
  for (let row = 0; row < count; row++) {
    iterations.cycle[row] = 1
    iterations.index[row] = row
    iterations.start[row] = row * 5000
    iterations.duration[row] = 4000
    iterations.metric[row] = 1 / (row + 1)
    iterations.digestHigh[row] = row * 77
    iterations.digestLow[row] = 0xffffffff - row
  }
  return iterations
}

export function sampleMarks(): MarkColumns {
  const marks = newTable(markSchema, 2)
  marks.name.fill(3)
  marks.time.set([1500, 2500])
  marks.duration.set([10, 0])
  return marks
}

export function sampleCounter(): Counter {
  return { name: 'heap', unit: 'bytes', time: Float64Array.of(0, 1000, 2000), value: Float64Array.of(5e6, 6e6, 5.5e6) }
}

export function sampleSamples(): Samples {
  return {
    interval: 1e6,
    frames: {
      name: Uint32Array.of(2, 3),
      file: Uint32Array.of(0, 3),
      line: Uint32Array.of(0, 12),
      column: Uint32Array.of(0, 3),
      origin: Uint8Array.of(3, 0),
    },
    stacks: { parent: Int32Array.of(-1, 0), frame: Uint32Array.of(0, 1) },
    time: Float64Array.of(1000, 2000, 3000),
    stack: Uint32Array.of(0, 1, 1),
    weight: Float64Array.of(1000, 1000, 1000),
    line: Uint32Array.of(0, 14, 15),
    node: Uint32Array.of(0, 1, 1),
  }
}

export const sampleStrings = ['', 'orders', 'db.lookup', 'SELECT ?']

/** A trace that has something of everything. */
export function sampleTrace(spans = 100): Trace {
  return {
    ...emptyTrace(1_790_000_000_000),
    strings: sampleStrings,
    spans: sampleSpans(spans),
    iterations: sampleIterations(5),
    counters: [sampleCounter(), { ...sampleCounter(), name: 'rss' }],
    marks: sampleMarks(),
    samples: sampleSamples(),
  }
}
