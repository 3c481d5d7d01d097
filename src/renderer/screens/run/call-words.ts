import type { CallGroup, StatementCost } from '../../../analysis/index.ts'
import { formatCount, formatDuration } from '../../../base/index.ts'

/** What a statement costs: `120 µs + 3.1 µs a row`; executions of one size tell only what they cost together. */
export function costText({ fixed, perRow, fit }: StatementCost): string {
  return fit === null ? formatDuration(fixed) : `${formatDuration(fixed)} + ${formatDuration(perRow)} a row`
}

/** `7 in one item`. */
export function repeatedText({ most, within }: NonNullable<CallGroup['repeated']>): string {
  return `${formatCount(most)} in one ${within}`
}

/** As the address names a group: `db.lookup SELECT …`. */
export function callKey({ name, detail }: Pick<CallGroup, 'name' | 'detail'>): string {
  return detail === '' ? name : `${name} ${detail}`
}
