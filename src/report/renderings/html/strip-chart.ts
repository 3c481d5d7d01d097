import { formatChange, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, TrialDot } from '../../model.ts'
import { linear, px } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const left = 170
const right = figureWidth - 86
const panel = 62
const gap = 14

/** Every trial as a dot in run order, one panel per variant, all with the same relative height, so that spread and drift compare. */
export function stripChart(
  section: ExperimentSection,
  prefix: string,
  palette: Palette,
): { readonly body: Markup; readonly height: number } {
  const reach = relativeReach(section)
  const x = linear(0, Math.max(1, section.trials.length - 1), left + 10, right - 10)
  const panels = section.variants.map((variant, index) => {
    const top = index * (panel + gap) + 4
    const bottom = top + panel
    const centre = variant.median
    const y = linear(-reach, reach, bottom - 6, top + 6)
    const frame = html`<path class="edge" d="M${left} ${top}V${bottom}H${right}" stroke-opacity=".5"/><text class="title" x="0" y="${top + 14}">${clipText(variant.name, left - 30, 6.8)}<title>${variant.name}</title></text>`
    if (centre === null) return html`${frame}<text x="0" y="${top + 30}">no data</text>`
    const dots = section.trials.map((dot, place) =>
      dot.variant === index
        ? trialMark(dot, x(place), y, centre, reach, [top, bottom], `${prefix}-trial-${place}`)
        : null,
    )
    return html`${frame}<text x="0" y="${top + 30}">median ${formatDuration(centre)}</text><path class="zero" d="M${left} ${px(y(0))}H${right}" stroke-dasharray="2 3"/><text x="${right + 8}" y="${top + 12}">${formatDuration(centre * (1 + reach))}</text><text x="${right + 8}" y="${px(y(0)) + 4}">${formatDuration(centre)}</text><text x="${right + 8}" y="${bottom - 2}">${formatDuration(centre * (1 - reach))}</text><g ${hueStyle(palette.hueOf(variant.name))}>${dots}</g>`
  })
  const height = section.variants.length * (panel + gap) + 18
  const label = html`<text x="${left}" y="${height - 4}">first trial</text><text x="${right}" y="${height - 4}" text-anchor="end">last trial ▸ order in which they ran</text>`
  return { body: html`${panels}${label}`, height }
}

function trialMark(
  dot: TrialDot,
  x: number,
  y: (deviation: number) => number,
  centre: number,
  reach: number,
  [top, bottom]: readonly [number, number],
  id: string,
): Markup {
  const at = px(x)
  const words = dot.value === null ? `no result (${dot.reason})` : formatDuration(dot.value)
  const title = html`<title>${words} · block ${dot.block} · run ${dot.runId}${dot.leftOut === null ? null : ` · left out: ${dot.leftOut}`}</title>`
  if (dot.value === null) {
    return html`<a href="#${id}"><path class="cross" d="M${px(at - 3.5)} ${top + 3}l7 7m0 -7l-7 7">${title}</path></a>`
  }
  const deviation = dot.value / centre - 1
  if (deviation > reach)
    return html`<a href="#${id}"><path class="cat-edge" d="M${px(at - 4)} ${top + 9}h8l-4 -7Z">${title}</path></a>`
  if (deviation < -reach)
    return html`<a href="#${id}"><path class="cat-edge" d="M${px(at - 4)} ${bottom - 9}h8l-4 7Z">${title}</path></a>`
  return html`<a href="#${id}"><circle class="${dot.counted ? 'cat-dot' : 'dot-out'}" cx="${at}" cy="${px(y(deviation))}" r="${dot.counted ? 3.2 : 2.8}">${title}</circle></a>`
}

/** How far from its median a panel reaches: all but the farthest trials, which become triangles at the edge. */
function relativeReach({ trials, variants }: ExperimentSection): number {
  const deviations = trials
    .flatMap(({ variant, value, counted }) => {
      const centre = variants[variant]?.median ?? null
      return value === null || centre === null || !counted ? [] : Math.abs(value / centre - 1)
    })
    .sort((a, b) => a - b)
  const most = deviations.at(-1) ?? 0
  const nearly = deviations[Math.floor(deviations.length * 0.97)] ?? most
  return Math.max(0.005, Math.min(0.95, most > 2 * nearly ? nearly * 1.5 : most * 1.15))
}

/** What the height of the panels stands for, as words for the caption. */
export function stripReach(section: ExperimentSection): string {
  return formatChange(1 + relativeReach(section)).replace('+', '±')
}
