import { formatChange, formatChangeWithInterval } from '../../../base/index.ts'
import type { AdviceCard } from '../../model.ts'
import { verdictWords } from '../wording.ts'
import { changeTicks, px, verticalGrid } from './axis.ts'
import { figureWidth } from './figure.ts'
import { intervalBar, ratioAxis, ropeBand } from './interval-chart.ts'
import { html, type Markup } from './markup.ts'

const left = 90
const right = figureWidth - 260

/** The predicted range and, below it on the same axis, what was measured; `null` where there is neither. */
export function gainChart(
  card: AdviceCard,
  rope: number | null,
): { readonly body: Markup; readonly height: number } | null {
  const { prediction, measured } = card
  const range = prediction.kind === 'range' ? prediction : null
  if (!range && measured?.ratio == null) return null
  const axis = ratioAxis(
    [range?.low ?? null, range?.high ?? null, measured?.ratio ?? null, measured?.low ?? null, measured?.high ?? null],
    rope,
    left,
    right,
  )
  const bottom = 62
  const ticks = changeTicks(axis.low, axis.high, axis.scale, 52).map(({ ratio, label }) => ({
    at: axis.scale(ratio),
    label,
  }))
  const predicted = range
    ? html`<rect class="predicted" x="${px(axis.scale(range.low))}" y="10" width="${px(Math.max(2, axis.scale(range.high) - axis.scale(range.low)))}" height="12"/><text class="strong" x="${right + 14}" y="20">${formatChange(range.low)} to ${formatChange(range.high)}</text>`
    : html`<text x="${left + 8}" y="20">no range</text>`
  const tone = measured && verdictWords[measured.verdict].tone !== 'bad' ? verdictWords[measured.verdict].tone : 'same'
  const result =
    measured === null
      ? html`<text x="${left + 8}" y="46">not measured yet</text>`
      : measured.ratio === null
        ? html`<text x="${left + 8}" y="46">${measured.verdict === 'different-result' ? 'no gain: it computes a different result' : 'no data'}</text>`
        : html`${intervalBar({ ...measured, ratio: measured.ratio }, axis, { middle: 42, tone, solid: measured.verdict === 'faster' || measured.verdict === 'slower' })}<text class="strong" x="${right + 14}" y="46">${formatChangeWithInterval(measured.ratio, measured.low, measured.high)}</text>`
  return {
    body: html`${ropeBand(axis, 0, bottom)}${verticalGrid(ticks, { top: 0, bottom, right: figureWidth })}<text x="0" y="20">predicted</text><text x="0" y="46">measured</text>${predicted}${result}`,
    height: bottom + 20,
  }
}
