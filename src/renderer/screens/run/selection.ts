import type { TimeRange } from '../../workers/clip-trace.ts'

/** What is selected on the run screen. It is in the address, so that it survives a reload and can be sent to somebody. */
export interface RunSelection {
  /** Every view shows this stretch only; `null`: all of the run. Nanoseconds since the trace's origin. */
  readonly range: TimeRange | null
  /** Row of a span in the whole trace. */
  readonly span: number | null
  /** Path of a node. */
  readonly node: string | null
}

type Query = Readonly<Record<string, string>>
/** Parts of the address to change; `undefined` takes a part away. */
type QueryChange = Readonly<Record<string, string | undefined>>

/** What an address selects; parts of it that make no sense select nothing. */
export function selectionOf(query: Query): RunSelection {
  const [from, to, span] = [query.from, query.to, query.span].map(wholeNumber)
  return {
    range: from !== null && to !== null && from !== undefined && to !== undefined && from < to ? { from, to } : null,
    span: span ?? null,
    node: query.node || null,
  }
}

/** The change of the address that makes a change of the selection. */
export function queryOf(change: Partial<RunSelection>): QueryChange {
  const { range, span, node } = change
  return {
    ...(range === undefined
      ? {}
      : {
          from: range ? String(Math.floor(range.from)) : undefined,
          to: range ? String(Math.ceil(range.to)) : undefined,
        }),
    ...(span === undefined ? {} : { span: span === null ? undefined : String(span) }),
    ...(node === undefined ? {} : { node: node ?? undefined }),
  }
}

/** `null` for what is no whole number that is not negative. */
function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}
