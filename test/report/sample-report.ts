import type { Recommendation } from '../../src/advice/index.ts'
import type { ExperimentBlock, ExperimentRecord, ExperimentTrial } from '../../src/analysis/index.ts'
import type { ReportInput, ReportRun } from '../../src/report/index.ts'
import { evaluateLook, makePlan, type Plan } from '../../src/statistics/index.ts'
import type { Environment, RunRecord } from '../../src/trace/index.ts'
import type { NodeDescription, WorkflowDescription } from '../../src/workflow/index.ts'
import { drawTrace } from '../fixtures/draw-trace.ts'

/** 2026-01-15 10:00 UTC. */
export const someTime = 1_768_471_200_000

const someEnvironment: Environment = {
  machine: 'b3c1d9',
  cpuModel: 'Sample CPU @ 2.50GHz',
  cores: 2,
  memory: 8 * 1024 ** 3,
  os: 'Linux 6.1',
  node: '24.21.0',
  v8: '13.6',
  strobe: '0.1.0',
  git: { commit: '0123456789abcdef0123456789abcdef01234567', dirty: true },
  source: 'f00dfeed'.repeat(8),
}

const nodeDefaults = { from: [], use: [], effects: 'read-only', knobs: {} } as const

/** The workflow of the drawn runs: a list, a map over it, and a cycle. */
const someDescription: WorkflowDescription = {
  name: 'order-pricing',
  params: { limit: 500 },
  runKnobs: {},
  resources: [
    { name: 'db', use: [], knobs: { lookupBatch: { type: 'integer', default: 1, min: 1, max: 1000 } } },
    { name: 'api', use: [], knobs: {} },
  ],
  nodes: [
    { ...nodeDefaults, kind: 'task', name: 'orders', path: 'orders', use: ['db'] },
    {
      ...{ ...nodeDefaults, kind: 'map', name: 'quotes', path: 'quotes', over: 'orders', from: ['orders'] },
      use: ['db', 'api'],
      knobs: { concurrency: { type: 'integer', default: 1, min: 1, max: 64 } },
    },
    {
      ...{ ...nodeDefaults, kind: 'cycle', name: 'fit', path: 'fit', from: ['quotes'], effects: 'pure' },
      limits: { maxIterations: 5 },
      metric: { name: 'loss', goal: { goal: 'minimise' } },
      nodes: [{ ...nodeDefaults, kind: 'task', name: 'step', path: 'fit/step', effects: 'pure' } as NodeDescription],
    },
  ],
  variants: [
    { name: 'overlapped', patch: { quotes: { concurrency: 3 } } },
    { name: 'batched', patch: { db: { lookupBatch: 100 }, quotes: { concurrency: 3 } } },
  ],
  tolerance: 1e-9,
}

/** Made-up wall times in milliseconds: `centre` with a spread that a small recurrence decides. */
export function madeUpValues(centre: number, blocks: number, phase: number): number[] {
  return Array.from({ length: blocks }, (_, block) => centre * (1 + 0.02 * Math.sin(block * 7.3 + phase * 1.7)))
}

/** Values per variant, by block, in milliseconds; `null` is a trial that failed. */
export type ValuesByVariant = Readonly<Record<string, ReadonlyArray<number | null>>>

/** An experiment as the engine would have stored it, from values; block 2 may be invalidated. */
export function sampleExperiment(
  values: ValuesByVariant,
  changes: Partial<ExperimentRecord> & { readonly invalidatedBlock?: number } = {},
): ExperimentRecord {
  const { invalidatedBlock, ...rest } = changes
  const names = Object.keys(values)
  const count = Math.min(...Object.values(values).map((list) => list.length))
  const plan: Plan = makePlan('quick', { comparisons: Math.max(1, names.length - 1) })
  const blocks: ExperimentBlock[] = []
  const trials: ExperimentTrial[] = []
  for (let block = -1; block < count; block++) {
    const order = names.map((_, place) => (place + block + names.length) % names.length)
    const invalidated = block === invalidatedBlock ? { invalidated: 'the machine slept' } : {}
    blocks.push({ block, order, warmUp: block < 0, ...invalidated })
    for (const variant of order) {
      const value = values[names[variant]!]![Math.max(0, block)]!
      trials.push({
        runId: `r${String(block + 1).padStart(3, '0')}v${variant}`,
        ...{ block, variant, value: value === null ? null : value * 1e6 },
        reason: value === null ? 'failed' : 'finished',
      })
    }
  }
  const kept = (name: string) =>
    values[name]!.slice(0, count)
      .filter((_, block) => block !== invalidatedBlock)
      .map((value) => (value === null ? Number.POSITIVE_INFINITY : value * 1e6))
  const [baseline = '', ...candidates] = names
  const look =
    candidates.length === 0
      ? null
      : evaluateLook({ plan, baseline: kept(baseline), candidates: candidates.map(kept), rope: 0.02 })
  return {
    id: 'x00000000sample',
    settings: {
      workflow: 'order-pricing',
      file: 'order-pricing.workflow.ts',
      variants: names.map((name) => ({
        name,
        patch: someDescription.variants.find((variant) => variant.name === name)?.patch ?? {},
      })),
      params: { limit: 12 },
      seed: 20_260_115,
      rope: 0.02,
      capture: { level: 'standard' },
      purpose: 'compare',
    },
    plan,
    status: 'finished',
    stop: 'decided',
    startedAt: someTime,
    endedAt: someTime + 95_000,
    environment: someEnvironment,
    blocks,
    trials,
    look,
    results: { reference: 'r001v0', tolerance: 1e-9, compared: trials.length - 1, differences: [] },
    ...rest,
  }
}

/** A run's record with all that has a value. */
export function sampleRun(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'r00000000000b1',
    workflow: 'order-pricing',
    file: 'order-pricing.workflow.ts',
    variant: 'baseline',
    patch: {},
    params: { limit: 12 },
    seed: 7,
    capture: { level: 'standard', sampleInterval: 1000 },
    startedAt: someTime,
    reason: 'finished',
    value: 64e6,
    phases: { threadStart: 44.2e6, moduleLoad: 18.1e6, resourcesOpen: 3.4e6, resourcesClose: 0.6e6 },
    result: { digest: 'ab'.repeat(32), shape: 'cd'.repeat(32), preview: '{"rows":12}' },
    cycles: [{ path: 'fit', reason: 'converged', iterations: 4, metric: 0.04 }],
    description: someDescription,
    environment: someEnvironment,
    peakMemory: 83 * 1024 ** 2,
    ...changes,
  }
}

const iterations = {
  fit: { metric: [1.2, 0.4, 0.11, 0.04], cpu: [3e6, 3e6, 3e6, 2e6], heap: [1e5, 2e5, 0, -5e4], gc: [0, 0, 2e5, 0] },
}
const counters = [
  {
    name: 'heap',
    unit: 'bytes',
    points: [
      [0, 5e6],
      [10, 8e6],
      [30, 12e6],
      [50, 7e6],
    ],
  },
  {
    name: 'event-loop-utilisation',
    unit: 'share',
    points: [
      [0, 0.2],
      [20, 0.45],
      [40, 0.6],
    ],
  },
] as const

/** The baseline: lookups and calls one after the other. */
export function baselineRun(changes: Partial<RunRecord> = {}): ReportRun {
  const trace = drawTrace(
    `
    workflow                     |================================================================|
      orders                     |====                                                            |
        call db.all: SELECT *    | ===                                                            |
      quotes                     |    ================================================            |
        item                     |    ====----====----====----====----====----====----            |
          call db.lookup: GET ?  |    ==  ==  ==  ==  ==  ==  ==  ==  ==  ==  ==  ==              |
          call api.json: GET /q  |      ~=  ~=  ~=  ~=  ~=  ~=  ~=  ~=  ~=  ~=  ~=  ~!            |
      fit                        |                                                    ============|
        iteration                |                                                    ===---===---|
          fit/step               |                                                    == == == == |
      work db: SELECT ? #1       |     =   =   =   =   =   =   =   =   =   =   =   =              |
    `,
    {
      iterations,
      counters,
      samples: `
        node:   orders  orders  quotes   quotes   quotes   fit/step           fit/step           .
        main    main    main     main     main     main               main               main
        read:3  -       price:7  price:9  price:9  step@fit.ts:10:14  step@fit.ts:10:15  -
      `,
    },
  )
  return { record: sampleRun(changes), trace, label: 'baseline' }
}

/** The same with items at the same time. */
function overlappedRun(): ReportRun {
  const trace = drawTrace(
    `
    workflow                     |================================|
      orders                     |====                            |
      quotes                     |    ================            |
        item                     |    ====----====----            |
          call db.lookup: GET ?  |    ==  ==  ==  ==              |
        item 4                   |    ====----====----            |
          call db.lookup: GET ?  |    ~=  ~=  ~=  ~=              |
        item 8                   |    ====----====----            |
          call api.json: GET /q  |      ==  ==  ==  ==            |
      fit                        |                    ============|
        iteration                |                    ===---===---|
          fit/step               |                    == == == == |
    `,
    { iterations },
  )
  const record = sampleRun({
    id: 'r00000000000b2',
    variant: 'overlapped',
    patch: { quotes: { concurrency: 3 } },
    value: 32e6,
    capture: { level: 'standard' },
  })
  return { record, trace, label: 'overlapped' }
}

/** A recommendation of the kind that the rules give. */
export function sampleRecommendation(changes: Partial<Recommendation> = {}): Recommendation {
  return {
    rule: 'serial-calls',
    fingerprint: 'serial-calls/order-pricing/quotes',
    place: 'quotes',
    title: 'Items of quotes wait for their calls one after the other',
    evidence: {
      runId: 'r00000000000b1',
      spanIds: [5, 8, 11],
      spanCount: 12,
      numbers: [
        { label: 'time waiting for calls', value: 46e6, unit: 'ns' },
        { label: 'share of the critical path', value: 0.742, unit: 'share' },
        { label: 'items', value: 12, unit: 'count' },
      ],
    },
    explanation: 'Each item waits for its two calls before the next one starts, and nothing else runs meanwhile.',
    action: 'Let 3 items run at the same time.',
    base: { variant: 'baseline', patch: {} },
    patch: { quotes: { concurrency: 3 } },
    changes: [{ address: 'quotes', knob: 'concurrency', from: 1, to: 3 }],
    prediction: {
      kind: 'range',
      low: 0.42,
      high: 0.61,
      basis: 'low: calls do not slow each other; high: the API serves two at once',
    },
    scope: 'Made from one run with 12 orders on this machine.',
    includes: [],
    status: 'proved',
    proof: { experimentId: 'x00000000sample', ratio: 0.5, low: 0.48, high: 0.52, verdict: 'faster' },
    ...changes,
  }
}

/** A report with a bit of everything. */
export function sampleInput(changes: Partial<ReportInput> = {}): ReportInput {
  const experiment = sampleExperiment(
    { baseline: madeUpValues(64, 17, 1), overlapped: madeUpValues(32, 17, 2), batched: madeUpValues(63.9, 17, 3) },
    { invalidatedBlock: 2 },
  )
  const open = sampleRecommendation({
    rule: 'repeated-lookup',
    fingerprint: 'repeated-lookup/order-pricing/db',
    place: 'db',
    title: 'Each item looks its customer up on its own',
    prediction: { kind: 'unknown', why: 'The cost of a batched lookup was not measured yet.' },
    status: 'open',
    includes: ['serial-calls/order-pricing/quotes'],
  })
  const { proof: _proof, ...unproved } = open
  return {
    madeAt: someTime + 100_000,
    experiments: [{ record: experiment, description: someDescription }],
    runs: [baselineRun(), overlappedRun()],
    advice: [
      { id: 'a00000000000a1', createdAt: someTime + 96_000, recommendation: sampleRecommendation() },
      { id: 'a00000000000a2', createdAt: someTime + 97_000, recommendation: unproved },
    ],
    ...changes,
  }
}
