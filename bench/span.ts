// What a span with context costs, against the OpenTelemetry SDK in the same run: `node bench/span.ts`.
//
// Both record a name, an index, a statement and a number of rows, run a body inside the span's context (AsyncLocalStorage
// on both sides), and end. The rounds are interleaved, and the ratio is taken round by round: the machine's
// mood is in both. OpenTelemetry: always-on sampler, no-op processor. Strobe: once with the columns thrown away, once written to a file.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { AlwaysOnSampler, BasicTracerProvider, NoopSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { Capture } from '../src/runtime/capture/capture.ts'
import { startClock } from '../src/runtime/capture/clock.ts'
import { SpanRecorder, statusNumber } from '../src/runtime/capture/span-recorder.ts'
import { StringTable } from '../src/runtime/capture/strings.ts'
import { TrialLog } from '../src/runtime/trial-log.ts'
import { median } from './median.ts'

const spansPerRound = 20_000
const rounds = 41

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(
  new BasicTracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [new NoopSpanProcessor()] }),
)
const tracer = trace.getTracer('bench')
const statement = 'SELECT * FROM customers WHERE id IN (?)'

function captureInto(makeSink: (strings: StringTable) => ConstructorParameters<typeof SpanRecorder>[0]): Capture {
  const strings = new StringTable()
  return new Capture(startClock(), strings, new SpanRecorder(makeSink(strings)))
}

const folder = mkdtempSync(join(tmpdir(), 'strobe-bench-'))
const discarding = captureInto(() => ({ writeSpans() {}, writeSpanEnds() {} }))
const writing = captureInto((strings) => new TrialLog(join(folder, 'run.log'), strings))

function strobeSpan(capture: Capture, index: number): number {
  const span = capture.begin('call', 'db.lookup', index, undefined, statement)
  const value = capture.within(span, () => index + 1)
  capture.spans!.end(span, capture.clock.now(), statusNumber.ok, value)
  return value
}

function otelSpan(index: number): number {
  return tracer.startActiveSpan('db.lookup', { attributes: { index, statement } }, (span) => {
    const value = index + 1
    span.setAttribute('rows', value)
    span.end()
    return value
  })
}

async function strobeSpanAsync(capture: Capture, index: number): Promise<number> {
  const span = capture.begin('call', 'db.lookup', index, undefined, statement)
  const value = await capture.within(span, async () => index + 1)
  capture.spans!.end(span, capture.clock.now(), statusNumber.ok, value)
  return value
}

function otelSpanAsync(index: number): Promise<number> {
  return tracer.startActiveSpan('db.lookup', { attributes: { index, statement } }, async (span) => {
    const value = await (async () => index + 1)()
    span.setAttribute('rows', value)
    span.end()
    return value
  })
}

/** Nanoseconds a span. */
async function time(body: (index: number) => unknown): Promise<number> {
  const start = performance.now()
  for (let index = 0; index < spansPerRound; index++) {
    const value = body(index)
    if (value instanceof Promise) await value
  }
  return ((performance.now() - start) * 1e6) / spansPerRound
}

const contestants = {
  'strobe, sync': (index: number) => strobeSpan(discarding, index),
  'strobe to file, sync': (index: number) => strobeSpan(writing, index),
  'opentelemetry, sync': otelSpan,
  'strobe, async': (index: number) => strobeSpanAsync(discarding, index),
  'strobe to file, async': (index: number) => strobeSpanAsync(writing, index),
  'opentelemetry, async': otelSpanAsync,
}
const times = new Map(Object.keys(contestants).map((name) => [name, [] as number[]]))
for (let round = -5; round < rounds; round++) {
  for (const [name, body] of Object.entries(contestants)) {
    const nanoseconds = await time(body)
    if (round >= 0) times.get(name)!.push(nanoseconds)
  }
}
rmSync(folder, { recursive: true })

console.log(`span with context, ${rounds} interleaved rounds of ${spansPerRound}`)
for (const [name, values] of times) {
  const peer = times.get(name.endsWith('async') ? 'opentelemetry, async' : 'opentelemetry, sync')!
  const ratio = median(values.map((value, round) => value / peer[round]!))
  console.log(`${name.padEnd(24)} ${median(values).toFixed(0).padStart(6)} ns   ${ratio.toFixed(3)} of OpenTelemetry`)
}
