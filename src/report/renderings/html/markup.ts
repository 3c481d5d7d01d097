import { printable } from '../printable.ts'

/** Text that is HTML already. Only `html` and `markupOf` make it, so that no text of a user gets into a page unescaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand between the parts of a template; `null`, `undefined` and `false` stand for nothing. */
export type Insert = Markup | string | number | null | undefined | false | readonly Insert[]

/** A piece of HTML or SVG: everything inserted is escaped, other pieces are taken as they are. Attributes must be in double quotes. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  let text = parts[0]!
  for (const [place, insert] of inserts.entries()) text += textOf(insert) + parts[place + 1]!
  return new Markup(text)
}

/** Text of our own that is not to be escaped, such as a style sheet. Never for anything that came from outside. */
export function markupOf(own: string): Markup {
  return new Markup(own)
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Text as HTML shows it, in content and in quoted attributes. */
function escapeText(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => escapes[character]!)
}

function textOf(insert: Insert): string {
  if (insert === null || insert === undefined || insert === false) return ''
  if (insert instanceof Markup) return insert.text
  if (typeof insert === 'string') return escapeText(insert)
  if (typeof insert === 'number') return Number.isFinite(insert) ? String(insert) : ''
  return insert.map(textOf).join('')
}
