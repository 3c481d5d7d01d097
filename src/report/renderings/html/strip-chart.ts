import { nameOfBlock } from '../../../analysis/index.ts'
import { formatChange, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, TrialDot } from '../../model.ts'
import { armsOf } from '../odd-blocks.ts'
import { linear, logarithmic, px } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const left = 170
const right = figureWidth - 86
const panel = 62
const gap = 14

/** Every trial as a dot in run order, one panel per variant, all with the same relative height, so that spread and drift compare. The first `marked` have links and tooltips. */
export function stripChart(
  section: ExperimentSection,
  prefix: string,
  palette: Palette,
  marked: number,
): { readonly body: Markup; readonly height: number } {
  const reach = relativeReach(section)
  const x = linear(0, Math.max(1, section.trials.length - 1), left + 10, right - 10)
  const arms = armsOf(section)
  const panels = arms.map((variant, index) => {
    const top = index * (panel + gap) + 4
    const bottom = top + panel
    const centre = variant.median
    // Logarithmic, as all comparisons are: half as long is as far from the median as twice as long.
    const ratio = logarithmic(1 - reach.below, 1 + reach.above, bottom - 6, top + 6)
    const y = (deviation: number) => ratio(1 + deviation)
    const frame = html`<path class="edge" d="M${left} ${top}V${bottom}H${right}" stroke-opacity=".5"/><text class="title" x="0" y="${top + 14}">${clipText(variant.name, left - 30, 6.8)}<title>${variant.name}</title></text>`
    const marks = section.trials.map((dot, place) => {
      if (dot.variant !== index) return null
      const mark = (title: Markup | null) => trialMark(dot, px(x(place)), [top, bottom], { centre, reach, y }, title)
      return place < marked ? html`<a href="#${prefix}-trial-${place}">${mark(trialTitle(dot))}</a>` : mark(null)
    })
    const dots = html`<g ${hueStyle(palette.hueOf(variant.name))}>${marks}</g>`
    if (centre === null) return html`${frame}<text x="0" y="${top + 30}">no data</text>${dots}`
    const label = (at: number, deviation: number) =>
      html`<text x="${right + 8}" y="${px(at)}">${formatDuration(centre * (1 + deviation))}</text>`
    return html`${frame}<text x="0" y="${top + 30}">median ${formatDuration(centre)}</text><path class="zero" d="M${left} ${px(y(0))}H${right}" stroke-dasharray="2 3"/>${label(top + 10, reach.above)}${label(px(Math.min(bottom - 14, Math.max(top + 22, y(0) + 4))), 0)}${label(bottom - 2, -reach.below)}${dots}`
  })
  const height = arms.length * (panel + gap) + 18
  const label = html`<text x="${left}" y="${height - 4}">first trial</text><text x="${right}" y="${height - 4}" text-anchor="end">last trial ▸ order in which they ran</text>`
  return { body: html`${panels}${label}`, height }
}

interface Panel {
  readonly centre: number | null
  readonly reach: Reach
  readonly y: (deviation: number) => number
}

/** One trial, with a ring around it where something else on the machine disturbed it. */
function trialMark(
  dot: TrialDot,
  at: number,
  [top, bottom]: readonly [number, number],
  panel: Panel,
  title: Markup | null,
): Markup {
  const mark = plainMark(dot, at, [top, bottom], panel, title)
  if (dot.disturbances.length === 0) return mark
  const { centre, reach, y } = panel
  const deviation = dot.value === null || centre === null ? 0 : dot.value / centre - 1
  const middle =
    dot.value === null
      ? top + 6.5
      : deviation > reach.above
        ? top + 6
        : deviation < -reach.below
          ? bottom - 6
          : y(deviation)
  return html`${mark}<circle class="ring" cx="${at}" cy="${px(middle)}" r="5.2"/>`
}

function plainMark(
  { value, counted }: TrialDot,
  at: number,
  [top, bottom]: readonly [number, number],
  { centre, reach, y }: Panel,
  title: Markup | null,
): Markup {
  if (value === null) return html`<path class="cross" d="M${px(at - 3.5)} ${top + 3}l7 7m0 -7l-7 7">${title}</path>`
  // Trials that are left out may have a value where the counted ones have none.
  const deviation = centre === null ? 0 : value / centre - 1
  if (deviation > reach.above)
    return html`<path class="cat-edge" d="M${px(at - 4)} ${top + 9}h8l-4 -7Z">${title}</path>`
  if (deviation < -reach.below)
    return html`<path class="cat-edge" d="M${px(at - 4)} ${bottom - 9}h8l-4 7Z">${title}</path>`
  return html`<circle class="${counted ? 'cat-dot' : 'dot-out'}" cx="${at}" cy="${px(y(deviation))}" r="${counted ? 3.2 : 2.8}">${title}</circle>`
}

function trialTitle({ value, reason, block, runId, leftOut, disturbances }: TrialDot): Markup {
  const words = value === null ? `no result (${reason})` : formatDuration(value)
  return html`<title>${words} · ${block < 0 ? 'warm-up' : html`block ${nameOfBlock(block)}`}${runId === '' ? null : ` · run ${runId}`}${leftOut === null ? null : ` · left out: ${leftOut}`}${disturbances.map((how) => ` · disturbed: ${how}`)}</title>`
}

/** How far a panel reaches below and above its median, as shares of it. */
interface Reach {
  readonly below: number
  readonly above: number
}

/** As far as all but the farthest trials, which become triangles at the edge; the same for all panels. */
function relativeReach(section: ExperimentSection): Reach {
  const arms = armsOf(section)
  const deviations = section.trials.flatMap(({ variant, value, counted }) => {
    const centre = arms[variant]?.median ?? null
    return value === null || centre === null || !counted ? [] : value / centre - 1
  })
  return {
    // Logarithms need something left of the median.
    below: Math.min(0.98, reachOf(deviations.map((deviation) => -deviation))),
    above: reachOf(deviations),
  }
}

function reachOf(deviations: readonly number[]): number {
  const outward = deviations.filter((deviation) => deviation > 0).sort((a, b) => a - b)
  const most = outward.at(-1) ?? 0
  const nearly = outward[Math.floor(outward.length * 0.92)] ?? most
  return Math.max(0.005, most > 1.6 * nearly ? nearly * 1.2 : most * 1.1)
}

/** What the height of the panels stands for, as words for the caption. */
export function stripReach(section: ExperimentSection): string {
  const { below, above } = relativeReach(section)
  return `${formatChange(1 - below)} to ${formatChange(1 + above)}`
}
