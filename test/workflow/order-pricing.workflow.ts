// The workflow of the design document as it stands there, with a toolkit and functions that are typed and do nothing real.
import { knob, workflow } from 'strobe'
import { gradientStep, http, initialModel, sqlite } from './fake-toolkit.ts'

export default workflow('order-pricing', { params: { limit: 500 } })
  .resource('db', { knobs: { lookupBatch: knob.integer(1, { min: 1, max: 1000 }) } }, ({ knobs }) =>
    sqlite('shop.db', knobs),
  )
  .resource('api', { knobs: { connections: knob.integer(4, { min: 1, max: 64 }) } }, ({ knobs }) =>
    http('http://127.0.0.1:8080', knobs),
  )
  .task('orders', { use: ['db'], effects: 'read-only' }, ({ db, params }) =>
    db.all('SELECT * FROM orders LIMIT ?', [params.limit]),
  )
  .map(
    'quotes',
    {
      over: 'orders',
      use: ['db', 'api'],
      effects: 'read-only',
      knobs: { concurrency: knob.integer(1, { min: 1, max: 64 }) },
    },
    async (order, { db, api }) => ({
      customer: await db.lookup('customers', 'id', order.customerId),
      price: await api.json(`/quote/${order.sku}`),
    }),
  )
  .cycle('fit', { from: ['quotes'] }, (cycle) =>
    cycle
      .start(({ quotes }) => initialModel(quotes))
      .task('step', { thread: true }, ({ state, signal }) => gradientStep(state, signal))
      .next(({ step }) => step.model)
      .metric('loss', ({ step }) => step.loss, { goal: 'minimise' })
      .until(({ metric }) => metric < 1e-4)
      .limits({ maxIterations: 100, timeout: '30s', memory: '512MB' }),
  )
  .result(({ fit }) => fit.state, { tolerance: 1e-9 })
  .variant('overlapped', { quotes: { concurrency: 16 } })
  .variant('batched', { db: { lookupBatch: 100 }, quotes: { concurrency: 16 } })
