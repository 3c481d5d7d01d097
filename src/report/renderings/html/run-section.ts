import { formatBytes, formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { CollectionSummary, ReportModel, RunSection } from '../../model.ts'
import { comparedRuns } from '../chosen-runs.ts'
import { literal, moment, plural } from '../wording.ts'
import { sideBySide } from './compared-runs.ts'
import { counterTable } from './counter-table.ts'
import { cycleParts } from './cycle-section.ts'
import type { Detail } from './detail.ts'
import { figure } from './figure.ts'
import { flameChart } from './flame-chart.ts'
import { html, type Markup } from './markup.ts'
import type { Palette } from './palette.ts'
import { criticalTable, flameTable, functionTable, nodeTable } from './run-tables.ts'
import { facts, twin } from './table.ts'
import { noData, orNone } from './wording.ts'

/** Where the time went: runs side by side on one scale, then each run by itself. */
export function runsSection(model: ReportModel, palette: Palette, detail: Detail): Markup {
  const compared = comparedRuns(model, detail.compared)
  const drawn = new Set([...compared, ...model.runs.filter((run) => !compared.includes(run))].slice(0, detail.runs))
  return html`<section id="runs"><h2>Where the time went</h2>
${sideBySide(compared, palette)}
${model.runs.map((run, place) => runPart(run, place, { drawn: drawn.has(run), open: compared.includes(run) }, palette))}</section>
`
}

function runPart(
  run: RunSection,
  place: number,
  { drawn, open }: { readonly drawn: boolean; readonly open: boolean },
  palette: Palette,
): Markup {
  return html`<details class="part" id="run-${place}"${open ? html` open` : null}><summary>${run.label}<span class="id">run ${run.id}${run.experiment === null ? null : ` of experiment ${run.experiment}`} · ${run.sentence}</span></summary>
${runFacts(run)}
${drawn ? html`${flame(run, palette)}${cycleParts(run, palette)}` : html`<p class="quiet">Its pictures are left out to keep this file small; the JSON report has their numbers.</p>`}
${run.counters.length === 0 ? null : twin('Memory, event loop and other counters', counterTable(run.counters))}
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
    [
      'Params, patch',
      html`<code>${shorten(literal(run.params), 400)}</code>, <code>${shorten(literal(run.patch), 400)}</code>`,
    ],
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
        : html`<code>${run.result.digest.slice(0, 16)}</code> <span class="quiet">${shorten(run.result.preview, 160)}</span>`,
    ],
  ])
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
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
  ...chart,
  twin:
    functions === null
      ? twin('Widest rectangles as a table', flameTable(layout))
      : twin('Functions as a table', functionTable(functions)),
})}`
}
