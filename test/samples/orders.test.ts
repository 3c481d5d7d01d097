import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PricedOrder, totalsPerRegion } from '../../resources/samples/invoice.ts'
import { type Market, openMarket } from '../../resources/samples/market.ts'
import orders from '../../resources/samples/orders.workflow.ts'
import { shopDatabase } from '../../resources/samples/shop-database.ts'
import { type HttpClient, http, type SqliteDatabase, sqlite } from '../../src/toolkit/index.ts'
import {
  type CallbackInputs,
  checkWorkflow,
  type MapModel,
  planWorkflow,
  type TaskModel,
  workflowOf,
} from '../../src/workflow/index.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'strobe-samples-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

describe('the shop', () => {
  it('is made whole by whoever comes first, also when two come at once, and is the same every time', async () => {
    const [one, other] = [newFolder(), newFolder()]
    const files = await Promise.all([shopDatabase(one), shopDatabase(one), shopDatabase(other)])
    expect(files[0]).toBe(files[1])
    for (const folder of [one, other]) expect(readdirSync(folder)).toEqual([basename(files[0])])
    const [digest, again] = [one, other].map((folder) => digestOf(join(folder, basename(files[0]))))
    expect(digest).toBe(again)
    expect(await shopDatabase(one)).toBe(files[0])
    await using db = await sqlite({ path: files[0], readonly: true })
    expect(await db.get('SELECT (SELECT count(*) FROM customers) c, (SELECT count(*) FROM orders) o')).toEqual({
      c: 100_000,
      o: 100_000,
    })
    const complete = `SELECT count(*) AS n FROM orders o JOIN products p ON p.id = o.productId
      JOIN suppliers s ON s.id = p.supplierId JOIN stock k ON k.productId = p.id
      JOIN categories g ON g.id = p.categoryId JOIN warehouses w ON w.id = k.warehouseId
      JOIN customers c ON c.id = o.customerId JOIN cities t ON t.id = c.cityId`
    expect(await db.get(complete)).toEqual({ n: 100_000 })
  })
})

describe('the market', () => {
  it('quotes the same price for the same product, another one for another', async () => {
    await using market = await openMarket()
    await using api = await http(market.url)
    const cents = await Promise.all(
      ['SKU-00001', 'SKU-00001', 'SKU-00002'].map(async (sku) => (await api.json(`/quote/${sku}`)).cents),
    )
    expect(cents).toEqual([9181, 9181, 10_454])
  })
})

describe('totalsPerRegion', () => {
  it('adds up by region, rounds cents, and counts what is not in stock', () => {
    const order: PricedOrder = {
      ...{ orderId: 1, region: 'north', quantity: 3, pieceCents: 1001, discountPercent: 10, marginPercent: 20 },
      ...{ shippingCents: 500, handlingCents: 100, taxPercent: 19, weightGrams: 7000, inStock: true },
    }
    const totals = totalsPerRegion([order, { ...order, region: 'east', quantity: 1, inStock: false }, order])
    expect(totals.map((total) => total.region)).toEqual(['east', 'north'])
    expect(totals[1]).toMatchObject({
      orders: 2,
      backorders: 0,
      netCents: 2 * 2703,
      taxCents: 2 * 514,
      shippingCents: 2 * 1100,
      profitCents: 2 * 541,
    })
    expect(totals[0]).toMatchObject({
      orders: 1,
      backorders: 1,
      netCents: 901,
      taxCents: 171,
      shippingCents: 600,
      instalmentCents: 901,
    })
  })
})

describe('the workflow', () => {
  const model = workflowOf(orders)!
  let db: SqliteDatabase
  let market: Market
  let api: HttpClient

  beforeAll(async () => {
    market = await openMarket()
    api = await http(market.url, { connections: 16 })
  })
  afterAll(async () => {
    await api.close()
    await market[Symbol.asyncDispose]()
  })

  it('has nothing that a check finds, and a plan for each variant', () => {
    expect(checkWorkflow(model)).toEqual([])
    for (const { name } of model.variants) expect(planWorkflow(model, { variant: name }).plan).toBeDefined()
  })

  it.each([
    [1, 1],
    [4, 4],
    [16, 100],
  ])('computes the same with concurrency %i and lookupBatch %i', async (concurrency, lookupBatch) => {
    db = await sqlite({ path: await shopDatabase(newFolder()), readonly: true }, { lookupBatch })
    const totals = await price({ db, api, params: { limit: 55 }, signal: new AbortController().signal }, concurrency)
    await db.close()
    expect(totals.map(({ region, orders: count, netCents }) => [region, count, netCents])).toMatchInlineSnapshot(`
      [
        [
          "centre",
          9,
          596404,
        ],
        [
          "east",
          9,
          538608,
        ],
        [
          "islands",
          4,
          185434,
        ],
        [
          "north",
          11,
          703595,
        ],
        [
          "south",
          9,
          496754,
        ],
        [
          "west",
          13,
          627186,
        ],
      ]
    `)
  })

  /** Runs the nodes by hand: what the runtime does with them is tested there. */
  async function price(inputs: CallbackInputs, concurrency: number): Promise<ReturnType<typeof totalsPerRegion>> {
    const [task, quotes, invoice] = model.nodes as [TaskModel, MapModel, TaskModel]
    const list = (await task.run(inputs)) as unknown[]
    const priced: unknown[] = []
    let next = 0
    const work = async () => {
      while (next < list.length) {
        const index = next++
        priced[index] = await quotes.run(list[index], inputs, index)
      }
    }
    await Promise.all(Array.from({ length: concurrency }, work))
    return invoice.run({ quotes: priced }) as ReturnType<typeof totalsPerRegion>
  }
})

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
