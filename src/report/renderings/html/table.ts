import type { Fact, FactPart } from '../facts.ts'
import { html, type Insert, type Markup } from './markup.ts'
import { noData } from './wording.ts'

/** A column's heading and whether it holds numbers, which stand flush right. */
export interface Column {
  readonly title: Insert
  readonly numeric?: boolean
}

/** A table; `ids` give rows a place that marks of a picture lead to. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Insert[])[],
  options: { readonly ids?: readonly (string | null)[]; readonly caption?: Insert } = {},
): Markup {
  const kind = (place: number) => (columns[place]?.numeric ? 'num' : 'text')
  return html`<div class="scroll"><table>${options.caption ? html`<caption>${options.caption}</caption>` : null}<thead><tr>${columns.map(
    ({ title }, place) => html`<th scope="col" class="${kind(place)}">${title}</th>`,
  )}</tr></thead><tbody>${rows.map((cells, row) => {
    const id = options.ids?.[row]
    return html`<tr${id ? html` id="${id}"` : null}>${cells.map((cell, place) =>
      place === 0
        ? html`<th scope="row" class="${kind(0)}">${cell}</th>`
        : html`<td class="${kind(place)}">${cell}</td>`,
    )}</tr>`
  })}</tbody></table></div>
`
}

/** The numbers behind a picture, folded away; `printed` says that paper shows them too. */
export function twin(summary: string, content: Markup, printed: 'printed' | '' = ''): Markup {
  return html`<details class="${printed === '' ? 'twin' : 'twin printed'}"><summary>${summary}</summary>${content}</details>
`
}

/** Facts as a two-column table. */
export function facts(rows: ReadonlyArray<readonly [label: string, value: Insert]>): Markup {
  return html`<table class="facts"><tbody>${rows.map(
    ([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`,
  )}</tbody></table>
`
}

/** Facts that all renderings share. */
export function factTable(rows: readonly Fact[]): Markup {
  return facts(rows.map(({ label, parts }) => [label, html`${parts.map(factPart)}`]))
}

function factPart(part: FactPart): Markup {
  if (part === null) return noData
  return typeof part === 'string' ? html`${part}` : html`<code>${part.code}</code>`
}
