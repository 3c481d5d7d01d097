import { iterationCpuText } from '../../../analysis/index.ts'
import { formatDuration, formatNumber } from '../../../base/index.ts'
import type { CycleSection } from '../../model.ts'
import { durationLabels, linear, logarithmic, niceTicks, px, type Scale } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup, markupOf } from './markup.ts'
import { hueStyle } from './palette.ts'
import { clipText } from './wording.ts'

const left = 76
const right = figureWidth - 16
const metricHeight = 150
const costHeight = 90

/** The metric of a cycle by iteration and, below it on the same axis, what each iteration took. */
export function cycleChart(cycle: CycleSection, hue: number): { readonly body: Markup; readonly height: number } {
  const first = cycle.index[0] ?? 0
  const last = cycle.index.at(-1) ?? first
  const room = (right - left) / Math.max(1, last - first + 1)
  const x = linear(first, Math.max(first + 1, last), left + Math.min(20, room / 2), right - Math.min(20, room / 2))
  const known = cycle.value.filter((value) => value !== null)
  const hasMetric = known.length > 0
  const top = 20
  const costTop = hasMetric ? top + metricHeight + 30 : top
  const bottom = costTop + costHeight
  const ticks = niceTicks(first, Math.max(first + 1, last), 10).filter(
    (value) => Number.isInteger(value) && value <= last,
  )
  const axis = ticks.map(
    (value) => html`<text x="${px(x(value))}" y="${bottom + 14}" text-anchor="middle">${value}</text>`,
  )
  return {
    body: html`<g ${hueStyle(hue)}>${hasMetric ? metricPart(cycle, x, top) : null}${costPart(cycle, x, costTop)}</g>${axis}<text x="${right}" y="${bottom + 28}" text-anchor="end">iteration</text>`,
    height: bottom + 34,
  }
}

/** Whether a metric spans so much that only a logarithmic axis shows its end. */
export function isLogarithmic(cycle: CycleSection): boolean {
  const known = cycle.value.filter((value) => value !== null)
  const least = Math.min(...known)
  return least > 0 && Math.max(...known) / least > 30
}

function metricPart(cycle: CycleSection, x: Scale, top: number): Markup {
  const known = cycle.value.filter((value) => value !== null)
  const target = cycle.metric?.target ?? null
  const all = target === null ? known : [...known, target]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const bottom = top + metricHeight
  const logs = isLogarithmic(cycle) && least > 0
  const y = logs ? logarithmic(least, most, bottom - 6, top + 6) : linear(least, most, bottom - 6, top + 6)
  const ticks = logs ? powersBetween(least, most) : least === most ? [least] : niceTicks(least, most, 4)
  const points = cycle.index.flatMap((index, place) => {
    const value = cycle.value[place] ?? null
    return value === null ? [] : [{ x: px(x(index)), y: px(y(value)), index, value }]
  })
  const name = cycle.metric?.name ?? 'metric'
  const dots =
    points.length > 120
      ? null
      : points.map(
          (point) =>
            html`<circle class="cat-dot" cx="${point.x}" cy="${point.y}" r="3"><title>iteration ${point.index}: ${formatNumber(point.value)}</title></circle>`,
        )
  return html`<text class="title" x="0" y="${top - 7}">${clipText(name, 500, 6.8)}${cycle.metric ? html` <tspan font-weight="400">(${cycle.metric.goal})</tspan>` : null}</text><g class="grid">${ticks.map(
    (value) =>
      html`<path d="M${left} ${px(y(value))}H${right}"/><text x="${left - 8}" y="${px(y(value)) + 4}" text-anchor="end">${Number(value.toPrecision(6))}</text>`,
  )}</g>${target === null ? null : html`<path class="predicted" d="M${left} ${px(y(target))}H${right}"><title>target ${formatNumber(target)}</title></path>`}<path class="cat-line" d="${markupOf(`M${points.map((point) => `${point.x} ${point.y}`).join('L')}`)}"/>${dots}`
}

function costPart(cycle: CycleSection, x: Scale, top: number): Markup {
  const bottom = top + costHeight
  const longest = Math.max(...cycle.duration, 0)
  const y = linear(0, longest, bottom, top + 6)
  const label = durationLabels(longest)
  const step = cycle.index.length > 1 ? (x(cycle.index.at(-1)!) - x(cycle.index[0]!)) / (cycle.index.length - 1) : 60
  const width = Math.max(0.8, Math.min(24, step * 0.7))
  const bars = cycle.index.map((index, place) => {
    const duration = cycle.duration[place]!
    const reading = cycle.cpu[place] ?? null
    // Of a clock too coarse for these iterations some read a whole step, and that is no part of the bar.
    const cpu = cycle.cpuClock?.isTooCoarse ? 0 : Math.min(reading ?? 0, duration)
    const at = px(x(index) - width / 2)
    const words = `iteration ${index}: ${formatDuration(duration)}, on the CPU ${reading === null ? 'no data' : iterationCpuText(reading, cycle.cpuClock?.step)}, collecting garbage ${formatDuration(cycle.gc[place] ?? Number.NaN)}`
    return html`<g><title>${words}</title><rect class="cat-soft" x="${at}" y="${px(y(duration))}" width="${px(width)}" height="${px(bottom - y(duration))}"/>${
      cpu > 0
        ? html`<rect class="cat-edge" x="${at}" y="${px(y(cpu))}" width="${px(width)}" height="${px(bottom - y(cpu))}"/>`
        : null
    }</g>`
  })
  return html`<text class="title" x="0" y="${top - 5}">time per iteration</text><g class="grid">${niceTicks(
    0,
    longest,
    4,
  ).map(
    (value) =>
      html`<path d="M${left} ${px(y(value))}H${right}"/><text x="${left - 8}" y="${px(y(value)) + 4}" text-anchor="end">${label(value)}</text>`,
  )}</g>${bars}`
}

function powersBetween(least: number, most: number): number[] {
  const from = Math.ceil(Math.log10(least) - 1e-9)
  const to = Math.floor(Math.log10(most) + 1e-9)
  const step = Math.max(1, Math.ceil((to - from + 1) / 6))
  return Array.from(
    { length: Math.max(0, Math.floor((to - from) / step) + 1) },
    (_, place) => 10 ** (from + place * step),
  )
}
