import { formatChangeWithInterval } from '../../../base/index.ts'
import { html, type Markup } from './markup.ts'

/** What stands where nothing was measured. */
export const noData: Markup = html`<span class="none">no data</span>`

/** A number in words of the page, or "no data". */
export function orNone<Value>(value: Value | null | undefined, format: (value: Value) => string): Markup {
  return value === null || value === undefined ? noData : html`${format(value)}`
}

/** −18.3 % [−20.1, −16.4]; without an estimate "no data". */
export function change(ratio: number | null, low: number | null, high: number | null): Markup {
  return ratio === null ? noData : html`<span class="num">${formatChangeWithInterval(ratio, low, high)}</span>`
}

/** The beginning of a text that fits into `width` pixels of small type, with `…` where it was longer. */
export function clipText(text: string, width: number, perCharacter = 6.1): string {
  const most = Math.floor(width / perCharacter)
  if (text.length <= most) return text
  return most < 2 ? '' : `${text.slice(0, most - 1)}…`
}
