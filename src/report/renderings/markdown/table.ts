import type { Fact, FactPart } from '../facts.ts'
import { code, type Insert, joined, md, noData, Piece } from './piece.ts'

/** A column's heading and whether it holds numbers, which stand flush right. */
export interface Column {
  readonly title: string
  readonly numeric?: boolean
}

/** A table, with the empty lines around it that Markdown needs. No rows give nothing. */
export function table(columns: readonly Column[], rows: ReadonlyArray<readonly Insert[]>): Piece {
  if (rows.length === 0) return md``
  const line = (cells: readonly Piece[]) => md`| ${joined(cells, ' | ')} |\n`
  const rule = columns.map(({ numeric }) => new Piece(numeric ? '--:' : ':--'))
  const body = rows.map((cells) =>
    line(cells.map((cell, place) => (columns[place]?.numeric ? unbroken(md`${cell}`) : md`${cell}`))),
  )
  return md`\n${line(columns.map(({ title }) => md`${title}`))}${line(rule)}${body}\n`
}

/** A number stays with its unit, and an effect with its interval, however narrow the table is. */
function unbroken({ text }: Piece): Piece {
  return new Piece(text.length > longestUnbroken ? text : text.replaceAll(' ', '\u00a0'))
}

const longestUnbroken = 40

/** Facts that all renderings share, as a table without a heading. */
export function factTable(rows: readonly Fact[]): Piece {
  return table(
    [{ title: '' }, { title: '' }],
    rows.map(({ label, parts }) => [label, parts.map(factPart)]),
  )
}

function factPart(part: FactPart): Insert {
  // Spaces around code are part of the words.
  if (part === null) return noData
  if (typeof part !== 'string') return code(part.code)
  if (part.trim() === '') return new Piece(' ')
  return [part.startsWith(' ') && new Piece(' '), part, part.endsWith(' ') && new Piece(' ')]
}

/** A part that is folded away until it is opened. */
export function folded(summary: string, content: Piece): Piece {
  return md`\n<details>\n<summary>${summary}</summary>\n${content}\n</details>\n`
}

/** One entry of a list. */
export function item(content: Insert): Piece {
  return md`- ${content}\n`
}
