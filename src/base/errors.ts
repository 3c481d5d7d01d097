/** Extra facts of an error, for programs: names, places, numbers. Must survive structured cloning. */
export type ErrorData = Readonly<Record<string, unknown>>

/** An error as plain data: what crosses threads, processes and the store. */
export interface ErrorRecord {
  readonly code: string
  readonly message: string
  readonly data?: ErrorData
  readonly stack?: string
  readonly cause?: ErrorRecord
}

/**
 * The error that Strobe's own code throws. `code` is stable and dotted (`workflow.unknown-node`), and is what programs
 * and tests look at; `message` is one or two sentences: what happened, and what to do about it.
 */
export class StrobeError extends Error {
  override readonly name = 'StrobeError'
  readonly code: string
  readonly data: ErrorData

  constructor(code: string, message: string, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = options.data ?? {}
  }
}

/** The code that an error carries, or `fallback` where it carries none (a user's error, a bug). */
export function codeOf(error: unknown, fallback = 'user.error'): string {
  return error instanceof StrobeError ? error.code : fallback
}

/** Turns anything that was thrown, errors or not, into plain data. Never throws itself, whatever the value is. */
export function recordOf(thrown: unknown, fallbackCode = 'user.error', depth = 0): ErrorRecord {
  if (!(thrown instanceof Error)) {
    return { code: fallbackCode, message: `Something that is no Error was thrown: ${describe(thrown)}` }
  }
  const cause = thrown.cause !== undefined && depth < 4 ? recordOf(thrown.cause, fallbackCode, depth + 1) : undefined
  return {
    code: codeOf(thrown, fallbackCode),
    message: String(thrown.message || thrown.name),
    ...(thrown instanceof StrobeError && Object.keys(thrown.data).length > 0 ? { data: thrown.data } : {}),
    ...(thrown.stack === undefined ? {} : { stack: String(thrown.stack) }),
    ...(cause === undefined ? {} : { cause }),
  }
}

/** The error that a record was made from, as far as plain data can tell. */
export function errorFrom(record: ErrorRecord): StrobeError {
  const error = new StrobeError(record.code, record.message, {
    ...(record.data === undefined ? {} : { data: record.data }),
    ...(record.cause === undefined ? {} : { cause: errorFrom(record.cause) }),
  })
  if (record.stack !== undefined) error.stack = record.stack
  return error
}

function describe(value: unknown): string {
  try {
    const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
    return text.length > 200 ? `${text.slice(0, 200)}…` : text
  } catch {
    return `a value of type ${typeof value} that cannot be printed`
  }
}
