import { formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, ReportModel, WorkflowGraph } from '../../model.ts'
import { environmentFacts, experimentFacts } from '../facts.ts'
import { armsOf } from '../odd-blocks.ts'
import { literal, pValue, relative } from '../wording.ts'
import { html, type Markup } from './markup.ts'
import { factTable, table } from './table.ts'
import { change, noData, orNone } from './wording.ts'

/** What it takes to believe the numbers, and to make them again. */
export function appendixSection(model: ReportModel): Markup {
  return html`<section id="appendix"><h2>Appendix</h2>
${model.experiments.map(experimentPart)}
${model.workflow ? workflowFacts(model.workflow) : null}
<h3>Machine and source</h3>
${model.environments.length === 0 ? html`<p class="none">no data</p>` : model.environments.map((environment) => factTable(environmentFacts(environment)))}</section>
`
}

function experimentPart(section: ExperimentSection): Markup {
  return html`<h3>Experiment <span class="id">${section.id}</span></h3>
${factTable(experimentFacts(section))}
${statisticsTable(section)}
${variantTable(section)}`
}

function statisticsTable({ ranking, design }: ExperimentSection): Markup {
  const numeric = true
  return table(
    [
      ...[
        { title: 'Candidate' },
        { title: 'Change [interval]', numeric },
        { title: 'p', numeric },
        { title: 'p always valid', numeric },
        { title: 'p adjusted', numeric },
      ],
      ...[
        { title: 'σ of a trial', numeric },
        { title: 'Detectable', numeric },
        { title: 'Signed-rank [interval]', numeric },
        { title: 'its p', numeric },
      ],
    ],
    ranking
      .filter((row) => !row.baseline)
      .map((row) => [
        row.name,
        change(row.ratio, row.low, row.high),
        orNone(row.p, pValue),
        orNone(row.alwaysValidP, pValue),
        orNone(row.adjustedP, pValue),
        orNone(row.sigma, relative),
        orNone(row.minimumDetectable, relative),
        row.crossCheck === null ? noData : change(row.crossCheck.ratio, row.crossCheck.low, row.crossCheck.high),
        row.crossCheck === null
          ? noData
          : html`${pValue(row.crossCheck.p)}${row.crossCheck.disagrees ? ' disagrees' : null}`,
      ]),
    {
      caption: `Primary test: rank sum with labels swapped within blocks; Hodges–Lehmann estimate; p adjusted by Holm over m = ${design.comparisons}. Detectable: the smallest change found with 80\u00a0% power.`,
    },
  )
}

function variantTable(section: ExperimentSection): Markup {
  const numeric = true
  return table(
    [
      { title: 'Variant' },
      { title: 'Patch' },
      { title: 'Trials', numeric },
      { title: 'Failed', numeric },
      { title: 'Least', numeric },
      { title: 'Median', numeric },
      { title: 'Most', numeric },
    ],
    armsOf(section).map(({ name, patch, counted, failures, min, median, max }) => [
      name,
      html`<code>${literal(patch)}</code>`,
      formatCount(counted),
      formatCount(failures),
      orNone(min, formatDuration),
      orNone(median, formatDuration),
      orNone(max, formatDuration),
    ]),
    { caption: 'Counted trials of each variant.' },
  )
}

function workflowFacts(graph: WorkflowGraph): Markup {
  return html`<h3>Workflow <span class="id">${graph.name}</span></h3>
${table(
  [{ title: 'Node' }, { title: 'Kind' }, { title: 'Takes' }, { title: 'Uses' }, { title: 'Effects' }],
  graph.nodes.map(({ path, kind, from, use, effects }) => [
    path,
    kind,
    from.join(', ') || '–',
    use.join(', ') || '–',
    effects,
  ]),
  { caption: html`<code>${graph.file ?? ''}</code> params <code>${literal(graph.params)}</code>` },
)}`
}
