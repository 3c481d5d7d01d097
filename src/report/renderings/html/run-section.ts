import { formatBytes, formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { CollectionSummary, ReportModel, RunSection } from '../../model.ts'
import { cycleParts } from './cycle-section.ts'
import { figure, key } from './figure.ts'
import { flameChart } from './flame-chart.ts'
import { html, type Markup } from './markup.ts'
import { nodeChart } from './node-chart.ts'
import { hueStyle, type Palette } from './palette.ts'
import { pathChart } from './path-chart.ts'
import { criticalTable, flameTable, functionTable, laneTable, nodeTable } from './run-tables.ts'
import { facts, table, twin } from './table.ts'
import { type TimedRun, timelineChart } from './timeline-chart.ts'
import { counterValue, literal, moment, noData, orNone, plural } from './wording.ts'

/** Runs whose pictures are drawn; more of them would be read by nobody and make the file too large to send. */
const drawnRuns = 4

/** Where the time went: runs side by side on one scale, then each run by itself. */
export function runsSection(model: ReportModel, palette: Palette): Markup {
  const compared = comparedRuns(model)
  return html`<section id="runs"><h2>Where the time went</h2>
${overview(compared, palette)}
${timelines(compared, palette)}
${model.runs.map((run, place) => runPart(run, place, compared.includes(run) && place < drawnRuns, palette))}</section>
`
}

/** The pair that the report is about, else the first runs. */
function comparedRuns({ runs, pair }: ReportModel): readonly RunSection[] {
  const chosen = pair ? [pair.baseline, pair.best].flatMap((id) => runs.find((run) => run.id === id) ?? []) : runs
  return chosen.slice(0, 3)
}

function overview(runs: readonly RunSection[], palette: Palette): Markup {
  const traced = runs.filter((run) => run.critical !== null)
  if (traced.length === 0) return html`<p class="none">No spans were recorded in these runs: no data.</p>`
  const path = pathChart(traced, palette)
  const nodes = nodeChart(traced, palette)
  const hue = hueStyle(palette.hueOf(traced[0]!.critical!.nodes[0]?.name ?? ''))
  return html`<h3>Critical path</h3>
${figure({
  label: 'Critical path of each run by node',
  caption:
    'The chain of nodes that determined the wall time; each bar is the whole run, longest part first. Time from 0.',
  height: path.height,
  body: path.body,
  twin: twin('Critical path as a table', html`${traced.map((run) => criticalTable(run))}`),
})}
<h3>Time per node</h3>
${figure({
  label: 'Time of each node, one bar per run',
  caption: `All executions of a node added up; a nested node’s time is part of its cycle’s too.${traced.length > 1 ? ` Bars from above: ${traced.map(({ label }) => label).join('; ')}.` : ''}`,
  height: nodes.height,
  body: nodes.body,
  legend: html`${key(html`<g ${hue}><rect class="cat-edge" x="1" y="2" width="16" height="8"/></g>`, 'own work')}${key(html`<g ${hue}><rect class="cat-soft" x="1" y="2" width="16" height="8"/></g>`, 'a call under way')}${key(html`<g ${hue}><rect class="cat-soft" x="1" y="2" width="16" height="8"/><rect class="queue" x="1" y="2" width="16" height="8"/></g>`, 'of that, queueing for a slot')}`,
  twin: twin('Nodes as a table', html`${traced.map((run) => nodeTable(run))}`),
})}`
}

function timelines(runs: readonly RunSection[], palette: Palette): Markup | null {
  const timed = runs.flatMap((run): TimedRun[] => (run.timeline ? [{ run, timeline: run.timeline }] : []))
  if (timed.length === 0) return null
  const chart = timelineChart(timed, palette)
  const hue = hueStyle(palette.hueOf(timed[0]!.timeline.lanes[1]?.node ?? ''))
  return html`<h3>Timeline</h3>
${figure({
  label: 'Spans of each run over time, on one scale',
  caption: `Wall time from the workflow’s start, the same scale for every run. Spans closer than ${formatDuration(Math.max(...timed.map(({ timeline }) => timeline.resolution)))} are one bar; where more than four overlap, the height is how many were under way.`,
  height: chart.height,
  body: chart.body,
  legend: html`${key(html`<g ${hue}><rect class="cat-edge" x="1" y="2" width="16" height="8"/></g>`, 'node or iteration')}${key(html`<g ${hue}><rect class="cat" x="1" y="2" width="16" height="8"/></g>`, 'items and calls')}${key(html`<rect class="queue" x="1" y="2" width="16" height="8"/>`, 'queueing')}${key(html`<path class="cross" d="M5.5 2.5l7 7m0 -7l-7 7"/>`, 'failed')}`,
  twin: twin('Lanes as a table', html`${timed.map(({ run, timeline }) => laneTable(run, timeline))}`),
})}`
}

function runPart(run: RunSection, place: number, open: boolean, palette: Palette): Markup {
  return html`<details class="part" id="run-${place}"${open ? html` open` : null}><summary>${run.label}<span class="id">run ${run.id} · ${run.sentence}</span></summary>
${runFacts(run)}
${place < drawnRuns ? flame(run, palette) : null}
${place < drawnRuns ? cycleParts(run, palette) : null}
${counters(run)}
${run.nodes === null ? null : twin('Nodes as a table', nodeTable(run))}
${run.critical === null ? null : twin('Critical path as a table', criticalTable(run))}</details>
`
}

function runFacts(run: RunSection): Markup {
  const { phases, collections } = run
  const sampled = run.capture.sampleInterval
  return facts([
    ['Wall time', orNone(run.value, formatDuration)],
    ['Ended', run.error ? html`${run.reason} <code>${run.error.code}</code> ${run.error.message}` : run.reason],
    ['Started', `${moment(run.startedAt)}, variant ${run.variant}, seed ${run.seed}`],
    ['Params, patch', html`<code>${literal(run.params)}</code>, <code>${literal(run.patch)}</code>`],
    [
      'Recorded',
      `level ${run.capture.level}, ${formatCount(run.spans)} spans, ${sampled === undefined ? 'no CPU samples' : `CPU samples every ${formatDuration(sampled * 1000)}`}`,
    ],
    [
      'Outside of the wall time',
      html`thread start ${orNone(phases.threadStart, formatDuration)}, module load ${orNone(phases.moduleLoad, formatDuration)}, resources open ${orNone(phases.resourcesOpen, formatDuration)}, close ${orNone(phases.resourcesClose, formatDuration)}`,
    ],
    [
      'Memory',
      html`peak ${orNone(run.peakMemory, formatBytes)}; ${collections === null ? noData : collectionWords(collections)}`,
    ],
    [
      'Result',
      run.result === null
        ? noData
        : html`<code>${run.result.digest.slice(0, 16)}</code> <span class="quiet">${run.result.preview.slice(0, 160)}</span>`,
    ],
  ])
}

function collectionWords({ count, total, longest }: CollectionSummary): string {
  if (count === 0) return 'no garbage collection'
  return `${plural(count, 'garbage collection')}, ${formatDuration(total)} in all, longest ${formatDuration(longest)}`
}

function flame({ flame: layout, functions, unattributedCpu, id }: RunSection, palette: Palette): Markup {
  if (layout === null)
    return html`<h3>Flame graph</h3><p class="none">Neither CPU samples nor spans were recorded: no data.</p>`
  const chart = flameChart(layout, palette)
  const unattributed =
    layout.unattributed === null
      ? ''
      : ` ${formatShare(layout.unattributed)} of it belongs to no node${unattributedCpu === null ? '' : ` (${formatDuration(unattributedCpu)})`}.`
  const measure =
    layout.measure === 'cpu'
      ? `Width is time on the CPU by samples, ${formatDuration(layout.total)} in all; waiting is not in it.${unattributed}`
      : `No CPU samples were taken: width is time in spans, ${formatDuration(layout.total)} in all, where spans at the same time count each.`
  return html`<h3>Flame graph <span class="id">run ${id}</span></h3>
${figure({
  label: 'Flame graph, callers above what they call',
  caption: html`${measure} Callers are above what they call, the heaviest at the left.`,
  height: chart.height,
  body: chart.body,
  twin:
    functions === null
      ? twin('Widest rectangles as a table', flameTable(layout))
      : twin('Functions as a table', functionTable(functions)),
})}`
}

function counters(run: RunSection): Markup | null {
  if (run.counters.length === 0) return null
  return twin(
    'Memory, event loop and other counters',
    table(
      [
        { title: 'Counter' },
        { title: 'Least', numeric: true },
        { title: 'Mean', numeric: true },
        { title: 'Most', numeric: true },
        { title: 'Values', numeric: true },
      ],
      run.counters.map(({ name, unit, min, mean, max, points }) => [
        name,
        counterValue(min, unit),
        counterValue(mean, unit),
        counterValue(max, unit),
        formatCount(points),
      ]),
    ),
  )
}
