import { formatDuration } from '../../../base/index.ts'
import type { NodeLine, RunSection } from '../../model.ts'
import { durationLabels, linear, niceTicks, px, verticalGrid } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const left = 170
const right = figureWidth - 86
const bar = 13

/** Time of each node, one bar per run on one scale: waiting for calls light, queueing hatched, the rest solid. */
export function nodeChart(
  runs: readonly RunSection[],
  palette: Palette,
): { readonly body: Markup; readonly height: number } {
  const paths = [...new Set(runs.flatMap((run) => (run.nodes ?? []).map(({ path }) => path)))].slice(0, 24)
  const lines = paths.map((path) => ({ path, of: runs.map((run) => run.nodes?.find((node) => node.path === path)) }))
  const longest = Math.max(0, ...lines.flatMap(({ of }) => of.map((line) => line?.durations?.total ?? 0)))
  const x = linear(0, longest, left, right)
  const label = durationLabels(longest)
  const group = runs.length * (bar + 2) + 10
  const bottom = lines.length * group
  const rows = lines.map(({ path, of }, place) => {
    const top = place * group + 4
    const bars = of.map((line, run) => nodeBar(line, runs[run]!.label, top + run * (bar + 2), x))
    return html`<text class="title" x="0" y="${top + 11}">${clipText(path, left - 14, 6.8)}<title>${path}</title></text><g ${hueStyle(palette.hueOf(path))}>${bars}</g>`
  })
  const ticks = niceTicks(0, longest, 6).map((value) => ({ at: x(value), label: label(value) }))
  return { body: html`${verticalGrid(ticks, { top: 0, bottom, right })}${rows}`, height: bottom + 20 }
}

function nodeBar(line: NodeLine | undefined, run: string, top: number, x: (value: number) => number): Markup {
  const total = line?.durations?.total
  if (!line || total === undefined) {
    return html`<text x="${left + 6}" y="${top + 10}">${run}: no data</text>`
  }
  const begin = x(0)
  const wait = Math.min(total, line.wait ?? 0)
  const busy = total - wait
  const queueing = Math.min(wait, line.queueing ?? 0)
  const words = `${run}: ${formatDuration(total)}, waiting for calls ${formatDuration(wait)}, of that queueing ${formatDuration(queueing)}`
  return html`<g><title>${words}</title><rect class="cat-edge" x="${px(begin)}" y="${top}" width="${px(Math.max(1, x(busy) - begin))}" height="${bar}"/>${
    wait > 0
      ? html`<rect class="cat-soft" x="${px(x(busy))}" y="${top}" width="${px(x(total) - x(busy))}" height="${bar}"/>`
      : null
  }${
    queueing > 0
      ? html`<rect class="queue" x="${px(x(total - queueing))}" y="${top}" width="${px(x(total) - x(total - queueing))}" height="${bar}"/>`
      : null
  }<text x="${px(x(total) + 6)}" y="${top + 10}">${formatDuration(total)}</text></g>`
}
