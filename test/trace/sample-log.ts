import { frameOf, spanEndsFrame, spansFrame } from '../../src/trace/index.ts'
import {
  sampleCounter,
  sampleIterations,
  sampleMarks,
  sampleRecord,
  sampleSamples,
  sampleSpans,
  sampleStrings,
} from './sample-run.ts'

export const samplePlanned = {
  description: { name: 'orders', params: {}, runKnobs: {}, resources: [], nodes: [], variants: [] },
  params: { limit: 10 },
}
export const sampleEnd = {
  reason: 'finished' as const,
  value: 100_000,
  phases: { threadStart: 1, moduleLoad: 2, resourcesOpen: 3, resourcesClose: 4 },
  cycles: [{ path: 'fit', reason: 'converged' as const, iterations: 5, metric: Number.NaN }],
  result: { digest: 'd', shape: 's', preview: '[1]', numbers: Float64Array.of(1, Number.NaN) },
}

/** The frames of a run that did something of everything: 100 spans in two batches, the first 10 ended late. */
export function sampleFrames(): Uint8Array[] {
  const spans = sampleSpans(100)
  const ends = {
    span: Uint32Array.from({ length: 10 }, (_, row) => row),
    status: spans.status.slice(0, 10),
    duration: spans.duration.slice(0, 10),
    wait: spans.wait.slice(0, 10),
    quantity: spans.quantity.slice(0, 10),
    detail: new Uint32Array(10),
  }
  const written = sampleSpans(100)
  for (const column of [written.duration, written.wait]) column.fill(0, 0, 10)
  written.status.fill(3, 0, 10)
  const { time, value, ...counter } = sampleCounter()
  const counterPart = (from: number, to: number) =>
    frameOf('counter', { ...counter, time: time.subarray(from, to), value: value.subarray(from, to) })
  const iterations = sampleIterations(5)
  const iteration = (row: number) =>
    frameOf(
      'iterations',
      Object.fromEntries(
        Object.entries(iterations).map(([name, column]) => [name, column.subarray(row, row + 1)]),
      ) as never,
    )
  return [
    frameOf('header', { run: sampleRecord(), origin: 1_790_000_000_000 }),
    frameOf('planned', samplePlanned),
    frameOf('strings', { first: 1, strings: sampleStrings.slice(1, 3) }),
    iteration(0),
    iteration(1),
    frameOf('strings', { first: 3, strings: sampleStrings.slice(3) }),
    spansFrame(written, 0, 60, 0),
    counterPart(0, 2),
    iteration(2),
    spansFrame(written, 60, 100, 60),
    spanEndsFrame(ends, 0, 10),
    frameOf('marks', sampleMarks()),
    iteration(3),
    iteration(4),
    counterPart(2, 3),
    frameOf('counter', { ...sampleCounter(), name: 'rss' }),
    frameOf('samples', sampleSamples()),
    frameOf('node-result', { path: 'quotes', ok: true, end: 99_000 }),
    frameOf('end', sampleEnd),
  ]
}

export function joinFrames(frames: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(frames.flatMap((frame) => [...frame]))
}
