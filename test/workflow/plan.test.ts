import { knob, type PlanRequest, planWorkflow, type StandardSchema, selectResult, workflow, workflowOf } from 'strobe'
import { describe, expect, it } from 'vitest'

const shop = workflow('shop', { params: { limit: 5, region: 'eu', tags: ['a'], note: null } })
  .resource('net', () => ({}))
  .resource('pool', { use: ['net'], knobs: { size: knob.integer(4, { min: 1, max: 64 }) } }, () => ({}))
  .resource('unused', () => ({}))
  .resource('db', { use: ['pool'], knobs: { batch: knob.integer(1, { min: 1, max: 100 }) } }, () => ({}))
  .task('orders', { use: ['db'] }, () => [1])
  .map('quotes', { over: 'orders', knobs: { concurrency: knob.integer(1, { min: 1, max: 64 }) } }, (order) => order)
  .cycle('fit', { from: ['quotes'], knobs: { rate: knob.number(0.5, { min: 0, max: 1 }) } }, (cycle) =>
    cycle
      .start(() => 0)
      .task('step', { knobs: { mode: knob.choice('slow', ['slow', 'fast']) } }, () => 1)
      .next(({ step }) => step)
      .limits({ maxIterations: 3 }),
  )
  .variant('wide', { quotes: { concurrency: 16 }, 'fit/step': { mode: 'fast' }, params: { limit: 50 } })

const plan = (request?: PlanRequest) => planWorkflow(workflowOf(shop)!, request)
const codes = (request: PlanRequest) => plan(request).diagnostics.map((diagnostic) => diagnostic.code)

describe('planWorkflow', () => {
  it('plans the workflow as written', () => {
    const { plan: planned, diagnostics } = plan()
    expect(diagnostics).toEqual([])
    expect(planned).toMatchObject({ variant: 'baseline', patch: {}, maxConcurrency: 8, params: { limit: 5 } })
    expect(Object.fromEntries(planned!.knobs)).toEqual({
      run: { maxConcurrency: 8 },
      net: {},
      pool: { size: 4 },
      unused: {},
      db: { batch: 1 },
      orders: {},
      quotes: { concurrency: 1 },
      fit: { rate: 0.5 },
      'fit/step': { mode: 'slow' },
    })
  })

  it('opens only the resources that are needed, each after those it uses', () => {
    expect(plan().plan!.resources.map((resource) => resource.name)).toEqual(['net', 'pool', 'db'])
  })

  it('lets the patch win over the variant, and given params over both', () => {
    const { plan: planned } = plan({
      variant: 'wide',
      patch: { quotes: { concurrency: 4 }, run: { maxConcurrency: 2 }, params: { limit: 7, region: 'us' } },
      params: { limit: 9 },
    })
    expect(planned).toMatchObject({
      variant: 'wide',
      maxConcurrency: 2,
      params: { limit: 9, region: 'us', tags: ['a'] },
    })
    expect(planned!.knobs.get('quotes')).toEqual({ concurrency: 4 })
    expect(planned!.knobs.get('fit/step')).toEqual({ mode: 'fast' })
    expect(planned!.patch.quotes).toEqual({ concurrency: 4 })
  })

  it('calls a patch without a name patched', () => {
    expect(plan({ patch: { db: { batch: 2 } } }).plan?.variant).toBe('patched')
    expect(plan({ patch: {} }).plan?.variant).toBe('baseline')
  })

  it.each<[string, PlanRequest, string]>([
    ['an unknown variant', { variant: 'wid' }, 'workflow.unknown-variant'],
    ['an unknown node', { patch: { quots: { concurrency: 2 } } }, 'workflow.unknown-node'],
    ['an unknown knob', { patch: { quotes: { concurency: 2 } } }, 'workflow.unknown-knob'],
    ['a knob out of range', { patch: { quotes: { concurrency: 65 } } }, 'workflow.knob-range'],
    ['a patch that is none', { patch: { quotes: 5 as never } }, 'workflow.invalid-patch'],
    ['a patch of nothing', { patch: { quotes: null as never } }, 'workflow.invalid-patch'],
    ['an unknown param', { params: { limt: 1 } }, 'workflow.unknown-param'],
    ['a param of another type', { params: { limit: '1' } }, 'workflow.param-type'],
    ['an object for a list', { params: { tags: {} } }, 'workflow.param-type'],
    ['an unknown param in a patch', { patch: { params: { limt: 1 } } }, 'workflow.unknown-param'],
  ])('refuses %s', (_what, request, code) => {
    expect(plan(request).plan).toBeUndefined()
    expect(codes(request)).toEqual([code])
  })

  it('lists the variants that there are', () => {
    const [diagnostic] = plan({ variant: 'wid' }).diagnostics
    expect(diagnostic).toMatchObject({
      message: "The workflow 'shop' has no variant 'wid'; it has 'baseline', 'wide'.",
      mend: "Did you mean 'wide'?",
    })
  })

  it('lets a param whose default is null take anything', () => {
    expect(plan({ params: { note: 'x' } }).plan?.params.note).toBe('x')
  })

  it('says a wrong param of a variant once', () => {
    // biome-ignore lint/suspicious/noExplicitAny: a variant that the compiler would refuse
    const broken = (shop as any).variant('broken', { params: { limit: 'x' } })
    const { diagnostics } = planWorkflow(workflowOf(broken)!, { variant: 'broken' })
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(['workflow.param-type'])
  })

  it('orders nodes so that each comes after what it needs, else as declared, in cycles too', () => {
    // biome-ignore lint/suspicious/noExplicitAny: types only let nodes refer to earlier ones
    const chain = (workflow('w') as any)
      .task('c', { from: ['b'] }, () => 1)
      .task('x', () => 1)
      .map('b', { over: 'a' }, () => 1)
      .task('a', () => [1])
      // biome-ignore lint/suspicious/noExplicitAny: as above
      .cycle('fit', {}, (cycle: any) =>
        cycle
          .start(() => 1)
          .task('late', { from: ['early'] }, () => 1)
          .task('early', () => 1)
          .next(() => 1)
          .limits({ maxIterations: 1 }),
      )
    const { plan: planned } = planWorkflow(workflowOf(chain)!)
    expect(planned!.nodes.map((node) => node.name)).toEqual(['a', 'b', 'c', 'x', 'fit'])
    const fit = planned!.nodes.at(-1)!
    expect(fit.kind === 'cycle' && fit.nodes.map((node) => node.name)).toEqual(['early', 'late'])
  })
})

describe('params by a Standard Schema', () => {
  const schemaOf = (validate: StandardSchema<{ limit: number }>['~standard']['validate']) =>
    workflowOf(
      workflow('w', {
        params: { '~standard': { version: 1, vendor: 'test', validate } } as StandardSchema<{ limit: number }>,
      }).task('t', () => 1),
    )!
  const strict = schemaOf((value) => {
    const { limit = 3 } = value as { limit?: unknown }
    const number = Number(limit)
    return Number.isNaN(number)
      ? { issues: [{ message: 'no number', path: [{ key: 'limit' }] }] }
      : { value: { limit: number } }
  })

  it('are what the schema puts out', () => {
    expect(strict.params.defaults).toEqual({ limit: 3 })
    expect(planWorkflow(strict, { params: { limit: '7' } }).plan?.params).toEqual({ limit: 7 })
  })

  it('are refused with what the schema says', () => {
    const { diagnostics } = planWorkflow(strict, { params: { limit: 'many' } })
    expect(diagnostics).toMatchObject([
      { code: 'workflow.params-refused', message: "The params are refused by their schema at 'limit': no number" },
    ])
  })

  it('may be required, which only a plan can tell', () => {
    const required = schemaOf((value) =>
      'limit' in (value as object)
        ? { value: value as { limit: number } }
        : { issues: [{ message: 'limit is missing' }] },
    )
    expect(required.params.defaults).toEqual({})
    expect(planWorkflow(required).diagnostics).toMatchObject([{ code: 'workflow.params-refused' }])
    expect(planWorkflow(required, { params: { limit: 4 } }).plan?.params).toEqual({ limit: 4 })
  })

  it('are not waited for, and a schema that throws is an answer', () => {
    const later = schemaOf(() => Promise.reject(new Error('late')))
    expect(planWorkflow(later).diagnostics).toMatchObject([{ code: 'workflow.params-async' }])
    const broken = schemaOf(() => {
      throw new Error('no schema')
    })
    expect(planWorkflow(broken).diagnostics).toMatchObject([
      { code: 'workflow.params-refused', message: 'The schema of the params threw: no schema' },
    ])
  })
})

describe('selectResult', () => {
  it('is what .result() selects, else the outputs that no node takes', () => {
    const outputs = { orders: [1], quotes: [2], fit: { state: 3 } }
    expect(selectResult(workflowOf(shop)!, outputs)).toEqual({ fit: { state: 3 } })
    expect(selectResult(workflowOf(shop.result(({ quotes }) => quotes.length))!, outputs)).toBe(1)
  })
})
