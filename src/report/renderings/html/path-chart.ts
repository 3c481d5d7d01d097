import { formatDuration, formatShare } from '../../../base/index.ts'
import type { RunSection } from '../../model.ts'
import { durationLabels, linear, niceTicks, px, verticalGrid } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const left = 170
const right = figureWidth - 86
const bar = 30

/** The critical path of each run as one bar, all on one scale: nodes, longest first, add up to the wall time. */
export function pathChart(
  runs: readonly RunSection[],
  palette: Palette,
): { readonly body: Markup; readonly height: number } {
  const shown = runs.flatMap((run) => (run.critical ? [{ run, critical: run.critical }] : []))
  const longest = Math.max(...shown.map(({ critical }) => critical.duration))
  const x = linear(0, longest, left, right)
  const label = durationLabels(longest)
  const bottom = shown.length * (bar + 10)
  const order = shown[0]!.critical.nodes.map(({ name }) => name)
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const rows = shown.map(({ run, critical }, place) => {
    const top = place * (bar + 10)
    let from = 0
    const nodes = critical.nodes.toSorted((a, b) => rank(a.name) - rank(b.name))
    const parts = nodes.map(({ name, time, share }) => {
      const [begin, end] = [x(from), x(from + time)]
      from += time
      const words = `${nodeName(name)}: ${formatDuration(time)}, ${formatShare(share)}`
      const mark = html`<rect class="${name === '' ? 'frame' : 'cat'} rect-gap" x="${px(begin)}" y="${top}" width="${px(end - begin)}" height="${bar}"><title>${words}</title></rect>`
      const text = partLabel(nodeName(name), formatShare(share), end - begin - 10)
      return html`<g ${hueStyle(palette.hueOf(name))}>${mark}${text ? html`<text class="on" x="${px(begin + 6)}" y="${top + 19}">${text}</text>` : null}</g>`
    })
    return html`<text class="title" x="0" y="${top + 13}">${clipText(run.label, left - 14, 6.8)}<title>${run.label}</title></text><text x="0" y="${top + 27}">${clipText(run.id, left - 14)}</text>${parts}<text class="strong" x="${px(x(critical.duration) + 8)}" y="${top + 19}">${formatDuration(critical.duration)}</text>`
  })
  const ticks = niceTicks(0, longest, 6).map((value) => ({ at: x(value), label: label(value) }))
  return { body: html`${verticalGrid(ticks, { top: 0, bottom, right })}${rows}`, height: bottom + 20 }
}

/** As much of a part's name and share as fits into it. */
function partLabel(name: string, share: string, room: number): string {
  const whole = `${name} ${share}`
  if (clipText(whole, room, 6.4) === whole) return whole
  const short = clipText(name, room, 6.4)
  return short === name || short.length > 4 ? short : ''
}

/** How a node is called; the workflow itself, between its nodes, has no name of its own. */
export function nodeName(path: string): string {
  return path === '' ? 'between nodes' : path
}
