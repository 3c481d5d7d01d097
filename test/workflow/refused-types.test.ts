// The compiler is the test here, as in types.test.ts: what does not compile.

import { knob, type VariantName, workflow } from 'strobe'
import { describe, expectTypeOf, it } from 'vitest'
import example from './order-pricing.workflow.ts'

const orders = [{ id: 1, sku: 'a' }]
const base = () =>
  workflow('shop', { params: { limit: 500, region: 'eu' } })
    .resource('db', { knobs: { batch: knob.integer(1, { min: 1, max: 9 }) } }, async () => ({
      find: (_id: number): string => 'x',
    }))
    .resource('cache', { use: ['db'] }, ({ db }) => ({ db, size: 1 }))
    .task('orders', { use: ['db'] }, async () => orders)
    .task('total', () => 5)

describe('a wrong name does not compile', () => {
  it('of a node', () => {
    // @ts-expect-error no such node
    base().task('x', { from: ['ordres'] }, () => 1)
    // @ts-expect-error no such node
    base().map('x', { over: 'ordres' }, () => 1)
    // @ts-expect-error a resource is no node
    base().task('x', { from: ['db'] }, () => 1)
    base().cycle('fit', {}, (cycle) =>
      cycle
        .start(() => 1)
        // @ts-expect-error the node is not in the cycle's from
        .task('step', { from: ['orders'] }, () => 1)
        .next(() => 1)
        .limits({ maxIterations: 1 }),
    )
    // @ts-expect-error no such node
    base().cycle('fit', { from: ['ordres'] }, (cycle) =>
      cycle
        .start(() => 1)
        .next(() => 1)
        .limits({ patience: 1 }),
    )
    // @ts-expect-error no such node
    base().merge('x', { from: ['nothing'] })
  })

  it('of a resource', () => {
    // @ts-expect-error no such resource
    base().task('x', { use: ['bd'] }, () => 1)
    // @ts-expect-error no such resource
    base().resource('x', { use: ['bd'] }, () => 1)
    // @ts-expect-error a node is no resource
    base().map('x', { over: 'orders', use: ['total'] }, () => 1)
    base().cycle('fit', {}, (cycle) =>
      cycle
        .start(() => 1)
        // @ts-expect-error the resource is not in the cycle's use
        .task('step', { use: ['db'] }, () => 1)
        .next(() => 1)
        .limits({ maxIterations: 1 }),
    )
  })

  it('of a node, resource, knob or param in a variant', () => {
    // @ts-expect-error no such resource
    base().variant('a', { bd: { batch: 2 } })
    // @ts-expect-error no such knob
    base().variant('a', { db: { bathc: 2 } })
    // @ts-expect-error a node without knobs
    base().variant('a', { total: { batch: 2 } })
    // @ts-expect-error no such param
    base().variant('a', { params: { limt: 2 } })
    // @ts-expect-error the run has no such knob
    base().variant('a', { run: { concurrency: 2 } })
    // @ts-expect-error nested nodes have the name of their cycle in front
    example.variant('a', { step: { chunk: 1 } })
    // @ts-expect-error the workflow has no params
    workflow('x').variant('a', { params: { limit: 1 } })
  })

  it('of a variant', () => {
    const named: VariantName<typeof example> = 'batched'
    // @ts-expect-error no such variant
    const wrong: VariantName<typeof example> = 'bached'
    expectTypeOf(named).not.toEqualTypeOf(wrong)
  })

  it('of a route', () => {
    const switched = base().switch('size', { from: ['total'], routes: ['large', 'small'] }, ({ total }) =>
      total > 3 ? 'large' : 'small',
    )
    const routed = switched
      .task('a', { on: { size: 'large' } }, () => 1)
      .task('b', { on: { size: 'small' } }, () => 'b')
    routed
      .merge('one', { from: ['a', 'b'] })
      .merge('all', { from: ['a', 'b'], policy: 'all' })
      .result((outputs) => {
        expectTypeOf(outputs.one).toEqualTypeOf<number | string>()
        expectTypeOf(outputs.all).toEqualTypeOf<{ readonly a?: number; readonly b?: string }>()
      })
    // @ts-expect-error no such route
    switched.task('c', { on: { size: 'medium' } }, () => 1)
    // @ts-expect-error no such switch
    switched.task('c', { on: { siez: 'large' } }, () => 1)
    // @ts-expect-error the switch has no such route
    base().switch('size', { routes: ['large', 'small'] }, () => 'medium')
  })

  it('that is taken or reserved', () => {
    // @ts-expect-error a node of that name is there
    base().task('orders', () => 1)
    // @ts-expect-error a resource of that name is there
    base().task('db', {}, () => 1)
    // @ts-expect-error a node of that name is there
    base().resource('total', () => 1)
    // @ts-expect-error a node of that name is there
    base().map('total', { over: 'orders' }, () => 1)
    // @ts-expect-error reserved
    base().task('params', () => 1)
    // @ts-expect-error a slash joins names
    base().task('a/b', () => 1)
    // @ts-expect-error a variant of that name is there
    base().variant('a', {}).variant('a', {})
    // @ts-expect-error reserved
    base().variant('baseline', {})
    base().cycle('fit', { from: ['orders'] }, (cycle) =>
      cycle
        .start(() => 1)
        // @ts-expect-error a node of that name is taken from outside
        .task('orders', () => 1)
        .next(() => 1)
        .limits({ maxIterations: 1 }),
    )
    const computed: string = 'x'
    base().task(computed, () => 1)
  })
})

describe('a wrong value does not compile', () => {
  it('in a variant', () => {
    // @ts-expect-error a number is wanted
    base().variant('a', { db: { batch: '2' } })
    // @ts-expect-error a number is wanted
    base().variant('a', { params: { limit: '2' } })
    const choosing = base().task(
      'x',
      { knobs: { mode: knob.choice('a', ['a', 'b']), on: knob.boolean(true) } },
      () => 1,
    )
    choosing.variant('b', { x: { mode: 'b', on: false }, run: { maxConcurrency: 2 } })
    // @ts-expect-error no such choice
    choosing.variant('c', { x: { mode: 'c' } })
    // @ts-expect-error true or false is wanted
    choosing.variant('c', { x: { on: 1 } })
  })

  it('in options', () => {
    // @ts-expect-error no such effect
    base().task('x', { effects: 'none' }, () => 1)
    // @ts-expect-error no such option
    base().task('x', { uses: ['db'] }, () => 1)
    // @ts-expect-error no length of time
    base().task('x', { timeout: '30 sec' }, () => 1)
    // @ts-expect-error no such way
    base().map('x', { over: 'orders', onError: 'ignore' }, () => 1)
    // @ts-expect-error a list of names is wanted
    base().task('x', { from: 'orders' }, () => 1)
    // @ts-expect-error over is missing
    base().map('x', {}, () => 1)
    // @ts-expect-error a knob is wanted
    base().task('x', { knobs: { chunk: 5 } }, () => 1)
    // @ts-expect-error the default is none of the choices
    knob.choice('c', ['a', 'b'])
  })

  it('in a cycle', () => {
    base().cycle('fit', {}, (cycle) =>
      // @ts-expect-error no limits
      cycle.start(() => 1).next(() => 1),
    )
    base().cycle('fit', {}, (cycle) =>
      // @ts-expect-error no limits
      cycle
        .start(() => 1)
        .next(() => 1)
        .until(() => true),
    )
    base().cycle('fit', {}, (cycle) =>
      // @ts-expect-error no next
      cycle.start(() => 1).task('step', () => 1),
    )
    // @ts-expect-error nothing at all
    base().cycle('fit', {}, (cycle) => cycle)
    base().cycle('fit', {}, (cycle) =>
      cycle
        .start(() => 1)
        .next(() => 1)
        // @ts-expect-error no limit among the limits
        .limits({}),
    )
    base().cycle('fit', {}, (cycle) =>
      cycle
        .start(() => 1)
        .next(() => 1)
        // @ts-expect-error no size
        .limits({ memory: '1 gigabyte' }),
    )
    base().cycle('fit', {}, (cycle) =>
      cycle
        .start(() => 1)
        // @ts-expect-error the next state has another type
        .next(() => 'two')
        .limits({ maxIterations: 1 }),
    )
    base().cycle('fit', {}, (cycle) => {
      const body = cycle.start(() => 1).next(() => 1)
      // @ts-expect-error no such goal
      body.metric('loss', () => 1, { goal: 'minimize' })
      // @ts-expect-error reach needs a target
      body.metric('loss', () => 1, { goal: 'reach' })
      // @ts-expect-error no number
      body.metric('loss', () => 'small', { goal: 'minimise' })
      // @ts-expect-error there is no metric to ask for
      body.until(({ metric }) => metric > 1)
      return body.limits({ maxIterations: 1 })
    })
  })
})
