export interface Row {
  readonly customerId: number
  readonly sku: string
}

export interface Database {
  all(sql: string, params: readonly unknown[]): Promise<Row[]>
  lookup(table: string, column: string, key: unknown): Promise<{ readonly name: string } | undefined>
  close(): void
}

export function sqlite(_file: string, _knobs: { readonly lookupBatch: number }): Database {
  return { all: async () => [], lookup: async () => undefined, close() {} }
}

export interface Api {
  json(path: string): Promise<number>
}

export async function http(_origin: string, _knobs: { readonly connections: number }): Promise<Api> {
  return { json: async () => 0 }
}

export interface Model {
  readonly weights: readonly number[]
}

export function initialModel(quotes: readonly { readonly price: number }[]): Model {
  return { weights: quotes.map((quote) => quote.price) }
}

export async function gradientStep(model: Model, _signal: AbortSignal): Promise<{ model: Model; loss: number }> {
  return { model, loss: 0 }
}
