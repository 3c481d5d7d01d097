import { coarseCpuText, iterationCpuText } from '../../../analysis/index.ts'
import { formatBytes, formatCount, formatDuration, formatNumber } from '../../../base/index.ts'
import type { CycleSection, RunSection } from '../../model.ts'
import { plural } from '../wording.ts'
import { cycleChart, isLogarithmic } from './cycle-chart.ts'
import { figure, key } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { table, twin } from './table.ts'
import { orNone } from './wording.ts'

/** The cycles of a run: the metric by iteration and what each iteration cost. */
export function cycleParts(run: RunSection, palette: Palette): Markup {
  return html`${run.cycles.map((cycle) => cyclePart(cycle, run.id, palette))}`
}

function cyclePart(cycle: CycleSection, runId: string, palette: Palette): Markup {
  const ended = cycle.reason === null ? '' : `, ended: ${cycle.reason}`
  const head = html`<h3>Cycle ${cycle.path} <span class="id">${plural(cycle.iterations, 'iteration')}${ended} · run ${runId}</span></h3>`
  if (cycle.index.length === 0) return html`${head}<p class="none">No iteration was recorded: no data.</p>`
  const hue = palette.hueOf(cycle.path)
  const chart = cycleChart(cycle, hue)
  const kept =
    cycle.index.length < cycle.iterations
      ? ` ${formatCount(cycle.index.length)} of ${formatCount(cycle.iterations)} iterations are drawn.`
      : ''
  const clock = cycle.cpuClock
  const axis =
    cycle.value.some((value) => value !== null) && isLogarithmic(cycle) ? ' The metric’s axis is logarithmic.' : ''
  return html`${head}
${figure({
  label: `Metric and time of each iteration of ${cycle.path}`,
  caption: `By iteration, counted from 0.${axis}${kept}${clock?.isTooCoarse ? ` CPU time: ${coarseCpuText(clock)}.` : ''}`,
  height: chart.height,
  body: chart.body,
  legend: html`${key(html`<g ${hueStyle(hue)}><rect class="cat-soft" x="1" y="2" width="16" height="8"/></g>`, 'wall time')}${clock === null || clock.isTooCoarse ? null : key(html`<g ${hueStyle(hue)}><rect class="cat-edge" x="1" y="2" width="16" height="8"/></g>`, 'of that, on the CPU')}`,
  twin: twin('Iterations as a table', iterationTable(cycle)),
})}`
}

/** Rows of the table twin; of longer cycles the rest is in the JSON. */
const tableRows = 200

function iterationTable(cycle: CycleSection): Markup {
  const numeric = true
  const rows = cycle.index.map((index, place) => [
    formatCount(index),
    orNone(cycle.value[place], formatNumber),
    formatDuration(cycle.duration[place]!),
    orNone(cycle.cpu[place], (cpu) => iterationCpuText(cpu, cycle.cpuClock?.step)),
    orNone(cycle.gc[place], formatDuration),
    orNone(cycle.heap[place], (bytes) => `${bytes >= 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))}`),
  ])
  return table(
    [
      ...[
        { title: 'Iteration', numeric },
        { title: cycle.metric?.name ?? 'Metric', numeric },
        { title: 'Wall time', numeric },
      ],
      ...[
        { title: 'CPU', numeric },
        { title: 'Collecting garbage', numeric },
        { title: 'Heap', numeric },
      ],
    ],
    rows.slice(0, tableRows),
    rows.length > tableRows ? { caption: `The first ${tableRows} of ${formatCount(rows.length)} rows.` } : {},
  )
}
