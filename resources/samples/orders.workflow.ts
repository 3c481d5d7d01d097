import { knob, workflow } from 'strobe'
import { http, type SqliteDatabase, sqlite } from 'strobe/toolkit'
import { type PricedOrder, totalsPerRegion } from './invoice.ts'
import { openMarket } from './market.ts'
import {
  type Category,
  type City,
  type Customer,
  type Order,
  type Product,
  type Stock,
  type Supplier,
  shopDatabase,
  type Warehouse,
} from './shop-database.ts'

// Prices a batch of orders as many shops do: one order after the other, and for each one query after the other.
// The lookups are quick, the market answers as fast as the network lets it, and yet most of the time is spent waiting.
// Where, and what to do about it?
export default workflow('orders', { params: { limit: 55 }, maxConcurrency: 64 })
  .resource('db', { knobs: { lookupBatch: knob.integer(1, { min: 1, max: 1000 }) } }, async ({ knobs }) =>
    sqlite({ path: await shopDatabase(), readonly: true }, knobs),
  )
  .resource('market', () => openMarket())
  .resource(
    'api',
    { use: ['market'], knobs: { connections: knob.integer(16, { min: 1, max: 64 }) } },
    async ({ market, knobs }) => {
      const api = await http(market.url, knobs)
      // Opening takes the market's word that it is there: the first order finds it awake.
      await api.text('/quote/ready')
      return api
    },
  )
  .task('orders', { use: ['db'], effects: 'read-only' }, ({ db, params }) =>
    db.all<Order>('SELECT * FROM orders ORDER BY id LIMIT ?', [params.limit]),
  )
  .map(
    'quotes',
    {
      over: 'orders',
      use: ['db', 'api'],
      effects: 'read-only',
      knobs: { concurrency: knob.integer(1, { min: 1, max: 64 }) },
    },
    async (order, { db, api, signal }): Promise<PricedOrder> => {
      const details = await lookUpDetails(db, order)
      const quote = await api.json<{ cents: number }>(`/quote/${details.sku}`, { signal })
      return { ...details.priced, pieceCents: quote.cents }
    },
  )
  .task('invoice', { from: ['quotes'], effects: 'pure' }, ({ quotes }) => totalsPerRegion(quotes))
  .result(({ invoice }) => invoice)
  .variant('overlapped', { quotes: { concurrency: 4 } })
  .variant('paired', { quotes: { concurrency: 4 }, db: { lookupBatch: 4 } })

/** Everything about an order that the shop's own database knows. */
async function lookUpDetails(
  db: SqliteDatabase,
  order: Order,
): Promise<{ sku: string; priced: Omit<PricedOrder, 'pieceCents'> }> {
  const customer = found(await db.lookup<Customer>('customers', 'id', order.customerId))
  const city = found(await db.lookup<City>('cities', 'id', customer.cityId))
  const product = found(await db.lookup<Product>('products', 'id', order.productId))
  const category = found(await db.lookup<Category>('categories', 'id', product.categoryId))
  const supplier = found(await db.lookup<Supplier>('suppliers', 'id', product.supplierId))
  const stock = found(await db.lookup<Stock>('stock', 'productId', order.productId))
  const warehouse = found(await db.lookup<Warehouse>('warehouses', 'id', stock.warehouseId))
  const { region, shippingCents } = city
  const { taxPercent } = category
  const { handlingCents } = warehouse
  const { discountPercent } = customer
  const { marginPercent } = supplier
  const { sku, weightGrams } = product
  const { id: orderId, quantity } = order
  const inStock = stock.pieces >= quantity
  const terms = { discountPercent, marginPercent, taxPercent, shippingCents, handlingCents }
  return { sku, priced: { orderId, region, quantity, weightGrams, inStock, ...terms } }
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined)
    throw new Error('The shop refers to a row that it does not have. Delete the folder data, it is made anew.')
  return row
}
