// The compiler is the test here: `tsc -p tsconfig.node.json` fails where an expected error does not occur. That errors
// read well is tested in type-messages.test.ts.

import { type CycleOutput, knob, type Settled, type StandardSchema, type VariantName, workflow } from 'strobe'
import { describe, expectTypeOf, it } from 'vitest'
import type { Api, Database, Model } from './fake-toolkit.ts'
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

describe('callbacks get exactly what is declared, awaited', () => {
  it('in resources', () => {
    base().resource('x', { use: ['cache'], knobs: { mode: knob.choice('a', ['a', 'b']) } }, (inputs) => {
      expectTypeOf(inputs.cache.size).toEqualTypeOf<number>()
      expectTypeOf(inputs.knobs.mode).toEqualTypeOf<'a' | 'b'>()
      expectTypeOf(inputs.params.limit).toEqualTypeOf<number>()
      expectTypeOf(inputs.signal).toEqualTypeOf<AbortSignal>()
      // @ts-expect-error the resource db is not in its use
      return inputs.db
    })
  })

  it('in tasks', () => {
    base().task('x', { from: ['orders', 'total'], use: ['db'], knobs: { deep: knob.boolean(true) } }, (inputs) => {
      expectTypeOf(inputs.orders).toEqualTypeOf<{ id: number; sku: string }[]>()
      expectTypeOf(inputs.total).toEqualTypeOf<number>()
      expectTypeOf(inputs.db.find).returns.toEqualTypeOf<string>()
      expectTypeOf(inputs.knobs.deep).toEqualTypeOf<boolean>()
      expectTypeOf(inputs.params).toEqualTypeOf<Readonly<{ limit: number; region: string }>>()
      expectTypeOf(inputs.random()).toEqualTypeOf<number>()
      expectTypeOf(inputs.now()).toEqualTypeOf<number>()
      expectTypeOf(inputs.log).parameters.toEqualTypeOf<[text: string]>()
      // @ts-expect-error params cannot be changed by a task
      inputs.params.limit = 1
      // @ts-expect-error the resource cache is not in its use
      return inputs.cache
    })
    base().task('x', ({ params }) => params.limit)
    // @ts-expect-error the node orders is not in its from
    base().task('x', ({ orders }) => orders)
    // @ts-expect-error it has no knobs
    base().task('x', ({ knobs }) => knobs.deep)
  })

  it('in maps', () => {
    base()
      .map('x', { over: 'orders', from: ['total'] }, async (order, { total, ...rest }, index) => {
        expectTypeOf(order).toEqualTypeOf<{ id: number; sku: string }>()
        expectTypeOf(total).toEqualTypeOf<number>()
        expectTypeOf(index).toEqualTypeOf<number>()
        // @ts-expect-error the list itself is not among the inputs unless from names it
        return rest.orders
      })
      .map('lengths', { over: 'orders' }, async (order) => order.sku.length)
      .map('settled', { over: 'lengths', onError: 'collect' }, (length) => {
        expectTypeOf(length).toEqualTypeOf<number>()
        return `${length}`
      })
      .result((outputs) => {
        expectTypeOf(outputs.lengths).toEqualTypeOf<number[]>()
        expectTypeOf(outputs.settled).toEqualTypeOf<Settled<string>[]>()
        expectTypeOf(outputs.total).toEqualTypeOf<number>()
        // @ts-expect-error there is no such node
        return outputs.nothing
      })
    // @ts-expect-error a number has no items
    base().map('x', { over: 'total' }, () => 1)
    // @ts-expect-error items have no such property
    base().map('x', { over: 'orders' }, (order) => order.price)
  })

  it('where an output is any, without losing it', () => {
    workflow('loose', { maxConcurrency: 4 })
      // biome-ignore lint/suspicious/noExplicitAny: untyped packages return it
      .task('rows', (): any => [])
      .task('tuple', () => [1, 'x'] as const)
      .map('x', { over: 'rows' }, (row) => {
        expectTypeOf(row).toBeAny()
        return row.anything
      })
      .map('y', { over: 'tuple' }, (part) => {
        expectTypeOf(part).toEqualTypeOf<1 | 'x'>()
      })
      // @ts-expect-error there are no params
      .variant('v', { params: { limit: 1 } })
  })

  it('in cycles, and in cycles in cycles', () => {
    base()
      .cycle('fit', { from: ['orders'], use: ['db'], knobs: { rate: knob.number(0.1, { min: 0, max: 1 }) } }, (cycle) =>
        cycle
          .start((inputs) => {
            expectTypeOf(inputs.orders).toEqualTypeOf<{ id: number; sku: string }[]>()
            expectTypeOf(inputs.knobs.rate).toEqualTypeOf<number>()
            // @ts-expect-error there is no state before start
            inputs.state
            return { sum: 0 }
          })
          .task('step', { from: ['orders'] }, async (inputs) => {
            expectTypeOf(inputs.state).toEqualTypeOf<{ sum: number }>()
            expectTypeOf(inputs.iteration).toEqualTypeOf<number>()
            // @ts-expect-error the resource db is in the cycle's use, but not in its own
            inputs.db
            return { loss: inputs.orders.length }
          })
          .map('each', { over: 'orders', from: ['step'], use: ['db'] }, (order, { db, step, state }) => {
            expectTypeOf(step).toEqualTypeOf<{ loss: number }>()
            expectTypeOf(state.sum).toEqualTypeOf<number>()
            return db.find(order.id)
          })
          .cycle('inner', { from: ['step'], use: ['db'] }, (inner) =>
            inner
              .start(({ state, iteration, step }) => {
                expectTypeOf(state).toEqualTypeOf<{ sum: number }>()
                return iteration + step.loss > 0
              })
              .task('deep', { use: ['db'], knobs: { chunk: knob.integer(1, { min: 1, max: 2 }) } }, ({ state }) => {
                expectTypeOf(state).toEqualTypeOf<boolean>()
                return 'deep'
              })
              .next(({ deep }) => deep === 'deep')
              .limits({ patience: 3 }),
          )
          .next(({ step, each, inner, state }) => {
            expectTypeOf(each).toEqualTypeOf<string[]>()
            expectTypeOf(inner).toEqualTypeOf<CycleOutput<boolean>>()
            return { sum: state.sum + step.loss }
          })
          .metric('loss', ({ step }) => step.loss, { goal: 'reach', target: 0.5, tolerance: 0.1 })
          .until(({ metric, state, iteration, params, step }) => {
            expectTypeOf(metric).toEqualTypeOf<number>()
            expectTypeOf(step).toEqualTypeOf<{ loss: number }>()
            return metric < params.limit && state.sum > iteration
          })
          .limits({ maxIterations: 3, timeout: '30s', memory: '1.5GiB' }),
      )
      .result(({ fit }) => {
        expectTypeOf(fit).toEqualTypeOf<CycleOutput<{ sum: number }>>()
      })
      .variant('a', { fit: { rate: 0.2 }, 'fit/inner/deep': { chunk: 2 } })
  })

  it('in the example of the design', () => {
    type Example = typeof example
    expectTypeOf<VariantName<Example>>().toEqualTypeOf<'baseline' | 'overlapped' | 'batched'>()
    example.task('last', { from: ['fit', 'quotes'], use: ['db', 'api'] }, ({ fit, quotes, db, api }) => {
      expectTypeOf(fit).toEqualTypeOf<CycleOutput<Model>>()
      expectTypeOf(quotes).toEqualTypeOf<{ customer: { readonly name: string } | undefined; price: number }[]>()
      expectTypeOf(db).toEqualTypeOf<Database>()
      expectTypeOf(api).toEqualTypeOf<Api>()
    })
  })

  it('from a Standard Schema', () => {
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { limit: 1 } }) },
    } as StandardSchema<{ limit: number }> & {
      '~standard': { types?: { input: { limit?: string }; output: { limit: number } } }
    }
    workflow('x', { params: schema })
      .task('t', ({ params }) => {
        expectTypeOf(params.limit).toEqualTypeOf<number>()
      })
      .variant('many', { params: { limit: '5' } })
      // @ts-expect-error the schema takes text
      .variant('few', { params: { limit: 5 } })
  })
})

it('a long chain compiles without the compiler giving up', () => {
  const chain = workflow('long')
    .task('a0', () => 0)
    .task('a1', { from: ['a0'] }, ({ a0 }) => a0)
    .task('a2', { from: ['a1'] }, ({ a1 }) => a1)
    .task('a3', { from: ['a2'] }, ({ a2 }) => a2)
    .task('a4', { from: ['a3'] }, ({ a3 }) => a3)
    .task('a5', { from: ['a4'] }, ({ a4 }) => a4)
    .task('a6', { from: ['a5'] }, ({ a5 }) => a5)
    .task('a7', { from: ['a6'] }, ({ a6 }) => a6)
    .task('a8', { from: ['a7'] }, ({ a7 }) => a7)
    .task('a9', { from: ['a8'] }, ({ a8 }) => a8)
    .task('b0', { from: ['a9'] }, ({ a9 }) => a9)
    .task('b1', { from: ['b0'] }, ({ b0 }) => b0)
    .task('b2', { from: ['b1'] }, ({ b1 }) => b1)
    .task('b3', { from: ['b2'] }, ({ b2 }) => b2)
    .task('b4', { from: ['b3'] }, ({ b3 }) => b3)
    .task('b5', { from: ['b4'] }, ({ b4 }) => b4)
    .task('b6', { from: ['b5'] }, ({ b5 }) => b5)
    .task('b7', { from: ['b6'] }, ({ b6 }) => b6)
    .task('b8', { from: ['b7'] }, ({ b7 }) => b7)
    .task('b9', { from: ['b8', 'a0'] }, ({ b8 }) => b8)
  chain.result(({ b9 }) => {
    expectTypeOf(b9).toEqualTypeOf<number>()
  })
})
