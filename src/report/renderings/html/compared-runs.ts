import { formatDuration } from '../../../base/index.ts'
import type { RunSection } from '../../model.ts'
import { figure, key } from './figure.ts'
import { html, type Insert, type Markup } from './markup.ts'
import { nodeChart } from './node-chart.ts'
import { hueStyle, type Palette } from './palette.ts'
import { pathChart } from './path-chart.ts'
import { criticalTable, laneTable, nodeTable } from './run-tables.ts'
import { twin } from './table.ts'
import { type TimedRun, timelineChart } from './timeline-chart.ts'

/** Runs side by side, each picture on one scale: what determined the wall time, time per node, and all spans over time. */
export function sideBySide(runs: readonly RunSection[], palette: Palette): Markup {
  const traced = runs.filter(({ critical }) => critical !== null)
  if (traced.length === 0) return html`<p class="none">No spans were recorded in these runs: no data.</p>`
  return html`${criticalPaths(traced, palette)}${nodeTimes(traced, palette)}${timelines(traced, palette)}`
}

function criticalPaths(runs: readonly RunSection[], palette: Palette): Markup {
  const chart = pathChart(runs, palette)
  return html`<h3>Critical path</h3>
${figure({
  label: 'Critical path of each run by node',
  caption:
    'The chain of nodes that determined the wall time: the parts of a bar make up the run. All bars have one order.',
  ...chart,
  twin: twin('Critical path as a table', html`${runs.map((run) => criticalTable(run))}`),
})}`
}

function nodeTimes(runs: readonly RunSection[], palette: Palette): Markup | null {
  if (runs.every(({ nodes }) => (nodes ?? []).length === 0)) return null
  const chart = nodeChart(runs, palette)
  const order = runs.length > 1 ? ` Bars from above: ${runs.map(({ label }) => label).join('; ')}.` : ''
  const mark = barMark(palette.hueOf(runs[0]!.critical!.nodes[0]?.name ?? ''))
  const soft = html`<rect class="cat-soft" x="1" y="2" width="16" height="8"/>`
  return html`<h3>Time per node</h3>
${figure({
  label: 'Time of each node, one bar per run',
  caption: `All executions of a node added up; a nested node’s time is part of its cycle’s too.${order}`,
  ...chart,
  legend: html`${key(mark(html`<rect class="cat-edge" x="1" y="2" width="16" height="8"/>`), 'own work')}${key(mark(soft), 'a call under way')}${key(mark(html`${soft}<rect class="queue" x="1" y="2" width="16" height="8"/>`), 'of that, queueing for a slot')}`,
  twin: twin('Nodes as a table', html`${runs.map((run) => nodeTable(run))}`),
})}`
}

function timelines(runs: readonly RunSection[], palette: Palette): Markup | null {
  const timed = runs.flatMap((run): TimedRun[] => (run.timeline ? [{ run, timeline: run.timeline }] : []))
  if (timed.length === 0) return null
  const chart = timelineChart(timed, palette)
  const mark = barMark(palette.hueOf(timed[0]!.timeline.lanes[1]?.node ?? ''))
  const resolution = formatDuration(Math.max(...timed.map(({ timeline }) => timeline.resolution)))
  return html`<h3>Timeline</h3>
${figure({
  label: 'Spans of each run over time, on one scale',
  caption: `Wall time from the workflow’s start, the same scale for every run. Spans closer than ${resolution} are one bar; where more than four overlap, the height is how many were under way.`,
  ...chart,
  legend: html`${key(mark(html`<rect class="cat-edge" x="1" y="2" width="16" height="8"/>`), 'node or iteration')}${key(mark(html`<rect class="cat" x="1" y="2" width="16" height="8"/>`), 'items and calls')}${key(html`<rect class="queue" x="1" y="2" width="16" height="8"/>`, 'queueing')}${key(html`<path class="cross" d="M5.5 2.5l7 7m0 -7l-7 7"/>`, 'failed')}`,
  twin: twin('Lanes as a table', html`${timed.map(({ run, timeline }) => laneTable(run, timeline))}`),
})}`
}

function barMark(hue: number): (mark: Insert) => Markup {
  return (mark) => html`<g ${hueStyle(hue)}>${mark}</g>`
}
