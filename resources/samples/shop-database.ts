import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type SqliteStatement, sqlite } from 'strobe/toolkit'

// The shop's database: 100 000 customers and orders, 20 000 products, and what belongs to them. It is made by SQLite
// itself from arithmetic on row numbers, so that everybody has the same shop, in about two seconds, without a download.

export interface Order {
  readonly id: number
  readonly customerId: number
  readonly productId: number
  readonly quantity: number
}

export interface Customer {
  readonly id: number
  readonly name: string
  readonly cityId: number
  readonly discountPercent: number
}

export interface City {
  readonly id: number
  readonly region: string
  readonly shippingCents: number
}

export interface Product {
  readonly id: number
  readonly sku: string
  readonly supplierId: number
  readonly categoryId: number
  readonly weightGrams: number
}

export interface Supplier {
  readonly id: number
  readonly name: string
  readonly marginPercent: number
}

export interface Category {
  readonly id: number
  readonly name: string
  readonly taxPercent: number
}

export interface Stock {
  readonly productId: number
  readonly warehouseId: number
  readonly pieces: number
}

export interface Warehouse {
  readonly id: number
  readonly name: string
  readonly handlingCents: number
}

/** The path of the shop's database; makes it where it is not there yet. Several at once may try: the last one's is kept, and all are equal. */
export async function shopDatabase(folder = join(import.meta.dirname, 'data')): Promise<string> {
  const file = join(folder, `shop-${contentKey()}.db`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}.${randomUUID()}.tmp`
  try {
    const db = await sqlite({ path: unfinished, create: true })
    // Nobody reads the file before it is whole and renamed: no journal is needed.
    await db.get('PRAGMA journal_mode = OFF')
    await db.run('PRAGMA synchronous = OFF')
    await db.transaction(statements)
    await db.close()
    if (!existsSync(file)) renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
  return file
}

/** Changes when the statements do, so that a shop of an earlier version is not taken for this one. */
function contentKey(): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex').slice(0, 8)
}

/** Rows numbered from 1; products of row numbers with primes, modulo a size, spread them evenly and without order. */
function fill(table: string, rows: number, columns: string): SqliteStatement {
  const numbers = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${rows})`
  return { sql: `${numbers} INSERT INTO ${table} SELECT ${columns} FROM numbers` }
}

const statements: readonly SqliteStatement[] = [
  { sql: 'CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, cityId INTEGER, discountPercent INTEGER)' },
  { sql: 'CREATE TABLE cities (id INTEGER PRIMARY KEY, region TEXT, shippingCents INTEGER)' },
  {
    sql: 'CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT, supplierId INTEGER, categoryId INTEGER, weightGrams INTEGER)',
  },
  { sql: 'CREATE TABLE suppliers (id INTEGER PRIMARY KEY, name TEXT, marginPercent INTEGER)' },
  { sql: 'CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT, taxPercent INTEGER)' },
  { sql: 'CREATE TABLE stock (productId INTEGER PRIMARY KEY, warehouseId INTEGER, pieces INTEGER)' },
  { sql: 'CREATE TABLE warehouses (id INTEGER PRIMARY KEY, name TEXT, handlingCents INTEGER)' },
  { sql: 'CREATE TABLE orders (id INTEGER PRIMARY KEY, customerId INTEGER, productId INTEGER, quantity INTEGER)' },
  fill('customers', 100_000, `n, 'Customer ' || n, 1 + n * 7919 % 5000, n * 31 % 16`),
  fill(
    'cities',
    5000,
    `n, CASE n * n * 7 % 11 WHEN 0 THEN 'islands' WHEN 7 THEN 'north' WHEN 6 THEN 'south' WHEN 8 THEN 'east' WHEN 2 THEN 'west' ELSE 'centre' END, 290 + n * 17 % 900`,
  ),
  fill('products', 20_000, `n, printf('SKU-%05d', n), 1 + n * 101 % 800, 1 + n * 211 % 300, 50 + n * 271 % 9000`),
  fill('suppliers', 800, `n, 'Supplier ' || n, 4 + n * 7 % 30`),
  fill('categories', 300, `n, 'Category ' || n, CASE n % 4 WHEN 0 THEN 7 ELSE 19 END`),
  fill('stock', 20_000, 'n, 1 + n * 17 % 60, n * 53 % 400'),
  fill('warehouses', 60, `n, 'Warehouse ' || n, 90 + n * 37 % 200`),
  fill('orders', 100_000, 'n, 1 + n * 48271 % 100000, 1 + n * 6007 % 20000, 1 + n * 29 % 12'),
]
