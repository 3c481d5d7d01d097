import { formatCount, formatDuration } from '../../../base/index.ts'
import type { Lane, RunSection, Timeline } from '../../model.ts'
import { durationLabels, linear, niceTicks, px, type Scale, verticalGrid } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup, markupOf } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const left = 170
const right = figureWidth - 118
const densityHeight = 26

/** A run with a timeline. */
export interface TimedRun {
  readonly run: RunSection
  readonly timeline: Timeline
}

/** Timelines of runs one below the other on one scale of time. */
export function timelineChart(
  shown: readonly TimedRun[],
  palette: Palette,
): { readonly body: Markup; readonly height: number } {
  const longest = Math.max(...shown.map(({ timeline }) => timeline.duration))
  const x = linear(0, longest, left, right)
  // Where runs stand side by side, what is under way has one scale too.
  const most = (lane: Lane) =>
    Math.max(...shown.flatMap(({ timeline }) => timeline.lanes.filter((other) => sameLane(lane, other)).map(peakOf)))
  let top = 0
  const runs = shown.map(({ run, timeline }) => {
    const head = html`<text class="title" x="0" y="${top + 13}">${clipText(run.label, 420, 6.8)}</text><text x="${figureWidth}" y="${top + 13}" text-anchor="end">${formatDuration(timeline.duration)} · run ${run.id}</text>`
    top += 22
    const lanes = timeline.lanes.map((lane) => {
      const height = laneHeight(lane)
      const drawn = laneMarks(lane, timeline, x, top, most(lane), palette)
      top += height + 4
      return drawn
    })
    const rest =
      timeline.lanesLeftOut > 0
        ? html`<text x="0" y="${top + 11}">${formatCount(timeline.lanesLeftOut)} more lanes are not drawn</text>`
        : null
    top += (rest ? 18 : 0) + 16
    return html`${head}${lanes}${rest}`
  })
  const bottom = top - 12
  const label = durationLabels(longest)
  const ticks = niceTicks(0, longest, 8).map((value) => ({ at: x(value), label: label(value) }))
  return { body: html`${verticalGrid(ticks, { top: 18, bottom, right })}${runs}`, height: bottom + 20 }
}

function sameLane(a: Lane, b: Lane): boolean {
  return a.kind === b.kind && a.label === b.label && a.node === b.node
}

function laneHeight(lane: Lane): number {
  if (lane.density) return densityHeight
  const rows = lane.bars?.rows ?? 1
  return rows <= 1 ? 13 : rows * 8
}

function laneMarks(lane: Lane, timeline: Timeline, x: Scale, top: number, most: number, palette: Palette): Markup {
  const height = laneHeight(lane)
  const indent = lane.level * 12
  const name = lane.kind === 'work' ? `${lane.label} (work)` : lane.label
  const isNode = lane.kind === 'node' || lane.kind === 'workflow'
  const base = Math.min(top + height / 2 + 4, top + 12)
  const label = html`<text class="${isNode ? 'strong' : ''}" x="${indent}" y="${px(base)}">${clipText(name, left - indent - 10)}<title>${name}${lane.node && !isNode ? ` in ${lane.node}` : null}: ${formatCount(lane.spans)} spans</title></text>`
  const count =
    lane.spans > 1
      ? lane.mostAtOnce > 1
        ? `${formatCount(lane.spans)} · ${formatCount(lane.mostAtOnce)} at once`
        : formatCount(lane.spans)
      : null
  const right1 = count ? html`<text x="${right + 8}" y="${px(base)}">${count}</text>` : null
  const marks = lane.density ? densityMarks(lane, timeline, x, top, most) : barMarks(lane, x, top)
  const hue = palette.hueOf(lane.node === '' ? lane.label : lane.node)
  return html`${label}${right1}<g ${hueStyle(hue)}>${marks}</g>`
}

function barMarks(lane: Lane, x: Scale, top: number): Markup {
  const { bars } = lane
  if (!bars) return html``
  const height = bars.rows <= 1 ? 12 : 7
  const kind =
    lane.kind === 'workflow' ? 'frame' : lane.kind === 'node' || lane.kind === 'iteration' ? 'cat-edge' : 'cat'
  let small = ''
  const marks = bars.row.map((row, bar) => {
    const begin = x(bars.start[bar]!)
    const width = Math.max(0.8, x(bars.start[bar]! + bars.duration[bar]!) - begin)
    const y = top + row * 8
    if (width < 3 && bars.failed[bar] === 0) {
      small += `M${px(begin)} ${y}h${px(Math.max(0.8, width - 0.3))}v${height}h-${px(Math.max(0.8, width - 0.3))}Z`
      return null
    }
    const many = bars.count[bar]! > 1 ? `${formatCount(bars.count[bar]!)} spans in ` : ''
    const waited = bars.wait[bar]! > 0 ? `, queueing ${formatDuration(bars.wait[bar]!)}` : ''
    const failed = bars.failed[bar]! > 0 ? `, ${formatCount(bars.failed[bar]!)} failed` : ''
    const title = `${many}${formatDuration(bars.duration[bar]!)} from ${formatDuration(bars.start[bar]!)}${waited}${failed}`
    const queue =
      bars.count[bar] === 1 && bars.wait[bar]! > 0
        ? x(bars.start[bar]! + Math.min(bars.wait[bar]!, bars.duration[bar]!)) - begin
        : 0
    return html`<rect class="${kind} rect-gap" x="${px(begin)}" y="${y}" width="${px(width)}" height="${height}"><title>${title}</title></rect>${
      queue > 1 ? html`<rect class="queue" x="${px(begin)}" y="${y}" width="${px(queue)}" height="${height}"/>` : null
    }${bars.failed[bar]! > 0 ? html`<path class="cross" d="M${px(begin + width / 2 - 3)} ${y + height / 2 - 3}l6 6m0 -6l-6 6"/>` : null}`
  })
  return html`${small ? html`<path class="cat" d="${markupOf(small)}"/>` : null}${marks}`
}

function peakOf(lane: Lane): number {
  return Math.max(1, ...(lane.density?.active ?? [1]))
}

/** How many spans were under way, as an area; the part of them that was queueing is hatched at its top. */
function densityMarks(lane: Lane, timeline: Timeline, x: Scale, top: number, most: number): Markup {
  const { active, queueing } = lane.density!
  const y = linear(0, most, top + densityHeight, top + 1)
  const slice = timeline.duration / active.length
  const steps = (values: readonly number[]) =>
    values.map((value, place) => `${px(x(place * slice))} ${px(y(value))}H${px(x((place + 1) * slice))}`)
  const begin = `M${px(x(0))} ${top + densityHeight}L`
  const area = `${begin}${steps(active).join('L')}V${top + densityHeight}Z`
  const calm = active.map((value, place) => Math.max(0, value - queueing[place]!))
  const waits = queueing.some((value) => value > 0.01)
  const queue = `M${steps(active).join('L')}L${calm
    .map((value, place) => `${px(x((place + 1) * slice))} ${px(y(value))}H${px(x(place * slice))}`)
    .reverse()
    .join('L')}Z`
  const title = html`<title>${formatCount(lane.spans)} spans, at most ${formatCount(lane.mostAtOnce)} at once</title>`
  return html`<path class="cat" d="${markupOf(area)}">${title}</path>${waits ? html`<path class="queue" d="${markupOf(queue)}"/>` : null}`
}
