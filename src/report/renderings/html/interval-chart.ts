import type { RankingRow } from '../../model.ts'
import { verdictWords } from '../wording.ts'
import { changeTicks, logarithmic, px, type Scale } from './axis.ts'
import { html, type Insert, type Markup } from './markup.ts'

const width = 400
const margin = 14
const rowHeight = 30

/** What all rows of a ranking share: the axis of ratios and the region of indifference. */
export interface RatioAxis {
  readonly low: number
  readonly high: number
  /** `null` where it is not known. */
  readonly rope: number | null
  readonly scale: Scale
}

/** An axis on which all ratios given, no change and the region of indifference have room. */
export function ratioAxis(
  ratios: readonly (number | null)[],
  rope: number | null,
  from = margin,
  to = width - margin,
): RatioAxis {
  const indifferent = rope === null ? [1] : [1 / (1 + rope), 1 + rope]
  const known = [...ratios, ...indifferent].filter((ratio) => ratio !== null && ratio > 0 && Number.isFinite(ratio))
  const least = Math.min(...(known as number[]))
  const most = Math.max(...(known as number[]))
  const room = (most / least) ** 0.06
  const [low, high] = [least / room, most * room]
  return { low, high, rope, scale: logarithmic(low, high, from, to) }
}

/** The ends of all intervals of a ranking on one axis. */
export function rankingAxis(rows: readonly RankingRow[], rope: number): RatioAxis {
  return ratioAxis(
    rows.flatMap(({ ratio, low, high }) => [ratio, low, high]),
    rope,
  )
}

/** One row: the region of indifference, the interval as a bar, the estimate as a tick. The baseline is the line at no change. */
export function intervalCell(row: RankingRow, axis: RatioAxis): Markup {
  const tone =
    row.verdict === null ? 'same' : verdictWords[row.verdict].tone === 'bad' ? 'same' : verdictWords[row.verdict].tone
  const body = row.baseline
    ? null
    : row.ratio === null || row.verdict === null
      ? html`<text x="${width / 2}" y="19" text-anchor="middle">${row.ratio === null ? 'no data' : 'no interval yet'}</text>`
      : intervalBar({ ...row, ratio: row.ratio }, axis, {
          middle: rowHeight / 2,
          tone,
          solid: row.significant === true,
        })
  return cell(rowHeight, axis, body, row.sentence)
}

/** An interval at a height of a picture, with arrows where a side is unbounded. */
export function intervalBar(
  { ratio, low, high }: { readonly ratio: number; readonly low: number | null; readonly high: number | null },
  axis: RatioAxis,
  look: { readonly middle: number; readonly tone: string; readonly solid: boolean },
): Markup {
  const clamp = (value: number) => Math.min(axis.high, Math.max(axis.low, value))
  const left = px(axis.scale(low === null ? axis.low : clamp(low)))
  const right = px(axis.scale(high === null ? axis.high : clamp(high)))
  const at = px(axis.scale(clamp(ratio)))
  const { middle } = look
  const arrow = (x: number, way: number) =>
    html`<path class="edge" d="M${px(x + 6 * way)} ${middle - 5}L${x} ${middle}L${px(x + 6 * way)} ${middle + 5}"/>`
  const none = px(axis.scale(1))
  return html`<path class="reach" d="M${none} ${middle}H${at}"/><rect class="eff ${look.tone}${look.solid ? '' : ' open'}" x="${left}" y="${middle - 5}" width="${Math.max(2, px(right - left))}" height="10"/>${
    low === null ? arrow(left, 1) : null
  }${high === null ? arrow(right, -1) : null}<path class="mark" d="M${at} ${middle - 8}V${middle + 8}"/>`
}

/** The axis below the rows: change in per cent, less time to the left. */
export function axisCell(axis: RatioAxis): Markup {
  const ticks = changeTicks(axis.low, axis.high, axis.scale, 46)
  return html`<svg viewBox="0 0 ${width} 34" width="${width}" height="34" role="img" aria-label="axis: change of wall time against the baseline">${ticks.map(
    ({ ratio, label }) =>
      html`<path class="edge" d="M${px(axis.scale(ratio))} 0v4"/><text x="${px(axis.scale(ratio))}" y="15" text-anchor="middle">${label}</text>`,
  )}<text x="${margin}" y="31">◂ less time</text><text x="${width - margin}" y="31" text-anchor="end">more time ▸</text></svg>`
}

function cell(height: number, axis: RatioAxis, body: Insert, label: string): Markup {
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}"><title>${label}</title>${ropeBand(axis, 0, height)}${body}</svg>`
}

/** The region of indifference as a band, and no change as a line. */
export function ropeBand({ scale, rope }: RatioAxis, top: number, bottom: number): Markup {
  const zero = html`<path class="zero" d="M${px(scale(1))} ${top}V${bottom}"/>`
  if (rope === null) return zero
  const left = px(scale(1 / (1 + rope)))
  return html`<rect class="rope" x="${left}" y="${top}" width="${px(Math.max(1, scale(1 + rope) - left))}" height="${bottom - top}"/>${zero}`
}
