import { checkWorkflow, describeWorkflow, knob, walkNodes, workflow, workflowOf, workflowSymbol } from 'strobe'
import { describe, expect, it } from 'vitest'
import { parseFrames } from '../../src/workflow/place.ts'
import example from './order-pricing.workflow.ts'

describe('workflow()', () => {
  it('makes the model that was declared', () => {
    const model = workflowOf(example)!
    expect(model.name).toBe('order-pricing')
    expect(model.params.defaults).toEqual({ limit: 500 })
    expect(model.runKnobs).toEqual({ maxConcurrency: { type: 'integer', default: 8, min: 1, max: 256 } })
    expect(model.resources.map(({ name, knobs }) => [name, Object.keys(knobs)])).toEqual([
      ['db', ['lookupBatch']],
      ['api', ['connections']],
    ])
    const [orders, quotes, fit] = model.nodes
    expect(orders).toMatchObject({ kind: 'task', path: 'orders', use: ['db'], effects: 'read-only', thread: false })
    expect(quotes).toMatchObject({ kind: 'map', over: 'orders', from: [], use: ['db', 'api'], onError: 'fail' })
    expect(fit).toMatchObject({
      kind: 'cycle',
      from: ['quotes'],
      effects: 'writes',
      limits: { maxIterations: 100, timeout: 30_000, memory: 512_000_000 },
      metric: { name: 'loss', goal: { goal: 'minimise' } },
      nodes: [{ kind: 'task', name: 'step', path: 'fit/step', thread: true }],
    })
    expect(model.result?.tolerance).toBe(1e-9)
    expect(model.variants.map(({ name, patch }) => [name, patch])).toEqual([
      ['overlapped', { quotes: { concurrency: 16 } }],
      ['batched', { db: { lookupBatch: 100 }, quotes: { concurrency: 16 } }],
    ])
    expect(model.problems).toEqual([])
  })

  it('returns a new workflow from every method and leaves the old one as it was', () => {
    const one = workflow('w').task('a', () => 1)
    const two = one.task('b', () => 2)
    const other = one.task('c', () => 3)
    const names = (value: unknown) => workflowOf(value)?.nodes.map((node) => node.name)
    expect([names(one), names(two), names(other)]).toEqual([['a'], ['a', 'b'], ['a', 'c']])
  })

  it('knows where each thing was declared', () => {
    const model = workflowOf(example)!
    const at = (place: { file: string; line?: number } | undefined) => [place?.file.split('/').pop(), place?.line]
    const file = 'order-pricing.workflow.ts'
    expect(at(model.place)).toEqual([file, 5])
    expect(model.resources.map((resource) => at(resource.place))).toEqual([
      [file, 6],
      [file, 9],
    ])
    expect([...walkNodes(describeWorkflow(model).nodes)].map((node) => at(node.place))).toEqual([
      [file, 12],
      [file, 15],
      [file, 28],
      [file, 31],
    ])
    expect(model.variants.map((variant) => at(variant.place))).toEqual([
      [file, 38],
      [file, 39],
    ])
  })

  it('keeps the paths of cycles in cycles', () => {
    const model = workflowOf(
      workflow('w').cycle('a', (a) =>
        a
          .start(() => 1)
          .cycle('b', (b) =>
            b
              .start(({ iteration }) => iteration)
              .task('c', () => 1)
              .next(({ c }) => c)
              .limits({ maxIterations: 1 }),
          )
          .next(({ b }) => b.state)
          .limits({ patience: 2, maxIterations: 5 }),
      ),
    )!
    expect([...walkNodes(describeWorkflow(model).nodes)].map((node) => node.path)).toEqual(['a', 'a/b', 'a/b/c'])
  })

  it('takes maxConcurrency as a number or as a knob', () => {
    const of = (maxConcurrency: Parameters<typeof workflow>[1]) => workflowOf(workflow('w', maxConcurrency))!.runKnobs
    expect(of({ maxConcurrency: 2 }).maxConcurrency).toMatchObject({ default: 2, max: 256 })
    expect(of({ maxConcurrency: knob.integer(3, { min: 1, max: 4 }) }).maxConcurrency).toMatchObject({ max: 4 })
  })
})

describe('workflowOf', () => {
  it('recognises workflows of any copy by their symbol, and nothing else', () => {
    const model = workflowOf(example)
    expect(workflowOf({ [Symbol.for('strobe.workflow')]: model })).toBe(model)
    expect(workflowSymbol).toBe(Symbol.for('strobe.workflow'))
    for (const value of [undefined, null, 1, 'x', {}, () => 1, { name: 'w', nodes: [] }]) {
      expect(workflowOf(value)).toBeUndefined()
    }
  })
})

// Types are stripped when a workflow runs: what the compiler would have said, the checks must say.
describe('without types, the builder never throws and notes what it cannot understand', () => {
  // biome-ignore lint/suspicious/noExplicitAny: this is what an untyped user sees
  type Untyped = any
  const codes = (chain: Untyped) => checkWorkflow(workflowOf(chain)!).map((diagnostic) => diagnostic.code)
  const start: Untyped = workflow('w').task('a', () => [1])

  it.each<[string, (chain: Untyped) => Untyped, string]>([
    ['an option that there is not', (w) => w.task('x', { uses: ['a'] }, () => 1), 'workflow.unknown-option'],
    ['no name', (w) => w.task(() => 1), 'workflow.invalid-name'],
    ['no function', (w) => w.task('x', {}), 'workflow.no-function'],
    ['a resource without a function', (w) => w.resource('x'), 'workflow.no-function'],
    ['names that are no list', (w) => w.task('x', { from: 'a' }, () => 1), 'workflow.invalid-option'],
    ['an effect that there is not', (w) => w.task('x', { effects: 'none' }, () => 1), 'workflow.invalid-option'],
    ['a timeout that is none', (w) => w.task('x', { timeout: 'soon' }, () => 1), 'workflow.invalid-duration'],
    ['a timeout of 0', (w) => w.task('x', { timeout: 0 }, () => 1), 'workflow.invalid-duration'],
    ['a map over nothing', (w) => w.map('x', {}, () => 1), 'workflow.no-list'],
    ['a knob that is none', (w) => w.task('x', { knobs: { a: 5 } }, () => 1), 'workflow.invalid-knob'],
    ['a patch that is none', (w) => w.variant('x', { a: 5 }), 'workflow.invalid-patch'],
    ['no patch', (w) => w.variant('x'), 'workflow.invalid-patch'],
    ['two results', (w) => w.result(() => 1).result(() => 1), 'workflow.duplicate-part'],
    ['a negative tolerance', (w) => w.result(() => 1, { tolerance: -1 }), 'workflow.invalid-option'],
    ['a cycle that is no chain', (w) => w.cycle('x', {}, () => undefined), 'workflow.incomplete-cycle'],
    ['a cycle without start', (w) => w.cycle('x', {}, (c: Untyped) => c.next(() => 1)), 'workflow.incomplete-cycle'],
    ['a cycle without next', (w) => w.cycle('x', {}, (c: Untyped) => c.start(() => 1)), 'workflow.incomplete-cycle'],
    ['a cycle without a function', (w) => w.cycle('x', {}), 'workflow.no-function'],
    ['a start without a function', (w) => w.cycle('x', {}, (c: Untyped) => c.start(1)), 'workflow.no-function'],
    [
      'a limit that is no size',
      (w) =>
        w.cycle('x', {}, (c: Untyped) =>
          c
            .start(() => 1)
            .next(() => 1)
            .limits({ memory: 'much' }),
        ),
      'workflow.invalid-size',
    ],
    [
      'a limit that there is not',
      (w) =>
        w.cycle('x', {}, (c: Untyped) =>
          c
            .start(() => 1)
            .next(() => 1)
            .limits({ maxTurns: 5 }),
        ),
      'workflow.unknown-option',
    ],
    [
      'two limits',
      (w) =>
        w.cycle('x', {}, (c: Untyped) =>
          c
            .start(() => 1)
            .next(() => 1)
            .limits({ patience: 1 })
            .limits({ patience: 1 }),
        ),
      'workflow.duplicate-part',
    ],
  ])('%s', (_what, build, code) => {
    expect(codes(start)).toEqual([])
    expect(codes(build(start))).toContain(code)
  })
})

describe('parseFrames', () => {
  it('reads V8 stacks of modules, scripts, methods and asynchronous calls', () => {
    const stack = `Error: with a message at (x:1:2)
    at file:///a%20b/%C3%A9.ts?v=3:4:5
    at Object.<anonymous> (/c/d.cjs:6:7)
    at async Promise.all (index 0)
    at async load (file:///C:/e.ts:8:9)
    at new Thing [as thing] (C:\\\\f\\\\g.ts:10:11)
    at async file:///h.ts:12:13
    at node:internal/modules/esm/loader:14:15`
    expect(parseFrames(stack)).toEqual([
      { file: '/a b/é.ts', line: 4, column: 5 },
      { file: '/c/d.cjs', line: 6, column: 7 },
      { file: 'C:/e.ts', line: 8, column: 9 },
      { file: 'C:\\\\f\\\\g.ts', line: 10, column: 11 },
      { file: '/h.ts', line: 12, column: 13 },
      { file: 'node:internal/modules/esm/loader', line: 14, column: 15 },
    ])
    expect(parseFrames('build@http://x/y.js:1:2')).toEqual([])
    expect(parseFrames(undefined)).toEqual([])
  })
})
