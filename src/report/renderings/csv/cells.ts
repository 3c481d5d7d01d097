import { printable } from '../printable.ts'

/** What a cell can hold; `null` is an empty one: no data, or a column of other tables. */
export type Cell = string | number | boolean | null

/** Characters of one text; a cell of the usual spreadsheets holds 32 767. */
const mostOfText = 2000

/** One record as RFC 4180 has it, with its line end. */
export function record(cells: readonly Cell[]): string {
  return `${cells.map(field).join(',')}\r\n`
}

function field(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = cell === null ? '' : typeof cell === 'boolean' ? String(cell) : defused(printable(cell, mostOfText))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A text that a spreadsheet would take for a formula, and calculate, gets an apostrophe before it: what begins with `=`, `+`, `-`,
 * `@` (also in full width, and behind blanks, tabs and line ends, which some programs take away first).
 */
function defused(text: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
}
