import { html, type Insert, type Markup } from './markup.ts'

/** Width of every picture in its own units; the page scales it down where there is less room. */
export const figureWidth = 1000

/** A picture with what its axes are and, below it, its table twin. `label` is what a screen reader says. */
export function figure(options: {
  readonly label: string
  readonly caption: Insert
  readonly height: number
  readonly body: Insert
  readonly legend?: Insert
  readonly twin?: Markup
}): Markup {
  const height = Math.ceil(options.height)
  return html`<figure>${options.legend ? html`<div class="legend">${options.legend}</div>` : null}<div class="scroll"><svg viewBox="0 0 ${figureWidth} ${height}" width="${figureWidth}" height="${height}" role="img" aria-label="${options.label}">${options.body}</svg></div><figcaption>${options.caption}</figcaption>${options.twin}</figure>
`
}

/** One entry of a legend: a small picture of the mark and what it means. */
export function key(mark: Markup, words: string): Markup {
  return html`<span class="key"><svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true">${mark}</svg>${words}</span>`
}

/** Patterns that all pictures of the page share: hatching says "not significant" or "queueing" without colour. */
export const sharedPatterns: Markup = html`<svg class="shared" width="0" height="0" aria-hidden="true"><defs>${(
  ['faster', 'slower', 'same', 'queue'] as const
).map(
  (name) =>
    html`<pattern id="hatch-${name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 0V5" class="hatch-${name}"/></pattern>`,
)}</defs></svg>
`
