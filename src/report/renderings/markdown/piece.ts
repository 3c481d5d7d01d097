import { printable } from '../printable.ts'

/** Text that is Markdown already. Only `md`, `code` and `markdownOf` make it, so that no text of a user gets in unescaped. */
export class Piece {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand between the parts of a template; `null`, `undefined` and `false` stand for nothing. */
export type Insert = Piece | string | number | null | undefined | false | readonly Insert[]

/** A piece of Markdown: everything inserted is escaped, other pieces are taken as they are. */
export function md(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Piece {
  let text = parts[0]!
  for (const [place, insert] of inserts.entries()) text += textOf(insert) + parts[place + 1]!
  return new Piece(text)
}

function textOf(insert: Insert): string {
  if (insert === null || insert === undefined || insert === false) return ''
  if (insert instanceof Piece) return insert.text
  if (typeof insert === 'string') return escapeText(insert)
  if (typeof insert === 'number') return Number.isFinite(insert) ? String(insert) : ''
  return insert.map(textOf).join('')
}

/** Pieces with something of our own between them. */
export function joined(pieces: readonly Piece[], between: string): Piece {
  return new Piece(pieces.map(({ text }) => text).join(between))
}

/** What stands where nothing was measured. */
export const noData = new Piece('_no data_')

/** Characters of one text: a comment is no place for more. */
const mostOfText = 600

/** Holds two characters apart without showing: what GitHub would make a link or a mention of stays text. */
const apart = '&#8203;'

/**
 * Text as GitHub-flavoured Markdown shows it, on one line, in tables too. Nothing of it is markup, HTML, a link, a mention of
 * somebody, a number of an issue, mathematics or a picture of a face; the source stays readable all the same.
 */
function escapeText(text: string): string {
  return oneLine(text).replace(special, (found, _mark, tying: string | undefined, lead: string | undefined) => {
    if (tying !== undefined) return found + apart
    if (lead !== undefined) return `${lead.slice(0, -1)}${entityOf(lead.at(-1)!)}`
    return backslashed.has(found) ? `\\${found}` : entityOf(found)
  })
}

/** In one pass, so that nothing is escaped twice: marks; what ties words to a link, a person or a picture; what begins a block. */
const special =
  /([&<>`\\$*_[\]~|])|([@#](?=\w)|:(?=\/\/|[a-z+-][\w+-]*:)|\bwww(?=\.))|(^[-+](?![\d.])|^[=#]|^\d+[.)](?=\s|$))/gi

/** Marks that read well behind a backslash; the others would not be safe behind one in tables and code. */
const backslashed = new Set(['*', '_', '[', ']', '~', '|'])

/** Text as code. With backticks where that is safe; what holds one, or could end a table's cell, as HTML in which all is escaped. */
export function code(text: string): Piece {
  const line = oneLine(text)
  if (line === '') return new Piece('–')
  if (!/[`|\\]/.test(line)) return new Piece(`\`${line}\``)
  return new Piece(`<code>${line.replace(/[^\p{L}\p{N} \ufffd…]/gu, entityOf)}</code>`)
}

function oneLine(text: string): string {
  return printable(text, mostOfText).replace(/\s+/g, ' ').trim()
}

function entityOf(character: string): string {
  return `&#${character.codePointAt(0)};`
}
