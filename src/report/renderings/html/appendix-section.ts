import { formatBytes, formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, ReportEnvironment, ReportModel, WorkflowGraph } from '../../model.ts'
import { html, type Markup } from './markup.ts'
import { armsOf } from './strip-chart.ts'
import { facts, table } from './table.ts'
import { change, literal, moment, noData, orNone, percent, pValue, relative } from './wording.ts'

/** What it takes to believe the numbers, and to make them again. */
export function appendixSection(model: ReportModel): Markup {
  return html`<section id="appendix"><h2>Appendix</h2>
${model.experiments.map(experimentFacts)}
${model.workflow ? workflowFacts(model.workflow) : null}
<h3>Machine and source</h3>
${model.environments.length === 0 ? html`<p class="none">no data</p>` : model.environments.map(environmentFacts)}</section>
`
}

function experimentFacts(section: ExperimentSection): Markup {
  const { design } = section
  const looks = design.looks.map(
    ({ blocks, alpha }, look) => `${blocks} blocks (α ${alpha}${look === design.look ? ', the latest reached' : ''})`,
  )
  const invalidated = design.invalidated.map(({ block, why }) => `block ${block + 1}: ${why}`).join('; ')
  const control = design.control
  return html`<h3>Experiment <span class="id">${section.id}</span></h3>
${facts([
  ['Workflow', html`${section.workflow}${section.file === '' ? null : html` <code>${section.file}</code>`}`],
  ['Status', section.ended === null ? section.status : `${section.status}: ${section.ended}`],
  ['Started, ended', html`${moment(section.startedAt)}, ${orNone(section.endedAt, moment)}`],
  ['Plan', `${design.preset}: looks at ${looks.join(', ')}; cap ${design.cap} blocks; family-wise α ${design.alpha}`],
  ['Measured', design.metric],
  ['Seed of the order', String(design.seed)],
  ['Unit', design.unit],
  [
    'Blocks',
    html`${formatCount(design.blocksRun)} run, ${formatCount(design.blocksCounted)} counted, ${formatCount(design.invalidated.length)} invalidated${invalidated === '' ? null : ` (${invalidated})`}, ${formatCount(design.warmUpBlocks)} warm-up left out`,
  ],
  [
    'Level of the intervals',
    design.level === null
      ? html`no look was reached yet: ${noData}`
      : `${percent(design.level)}, which is 1 − α of the look ÷ m`,
  ],
  ['Comparisons m', formatCount(design.comparisons)],
  ['Region of indifference', `±${percent(design.rope)} (ratios from 1 ÷ ${1 + design.rope} to ${1 + design.rope})`],
  [
    'A/A arm',
    control === null
      ? design.controlArm
        ? 'planned, not tested yet'
        : 'none'
      : `always-valid p ${pValue(control.alwaysValidP)}: ${control.differs ? 'the baseline differs from itself' : 'no difference found'}`,
  ],
  [
    'Recorded',
    `level ${design.capture.level}${design.capture.sampleInterval === undefined ? '' : `, CPU samples every ${formatDuration(design.capture.sampleInterval * 1000)}`}`,
  ],
  ['Params', html`<code>${literal(design.params)}</code>`],
  [
    'Results',
    html`${section.results.sentence} Reference: ${section.results.reference ?? noData}.${section.results.differences.map(({ runId, how }) => ` ${runId}: ${how}.`)}`,
  ],
  ['Layout', section.caveat],
])}
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

function environmentFacts(environment: ReportEnvironment): Markup {
  const { git, usedBy } = environment
  const more = usedBy.length > 12 ? ` and ${formatCount(usedBy.length - 12)} more` : ''
  return facts([
    [
      'Machine',
      html`${environment.cpuModel}, ${formatCount(environment.cores)} cores, ${formatBytes(environment.memory)}, ${environment.os} <code>${environment.machine}</code>`,
    ],
    ['Runtime', `Node ${environment.node}, V8 ${environment.v8}, Strobe ${environment.strobe}`],
    [
      'Source',
      html`${git === undefined ? 'not in git' : html`commit <code>${git.commit}</code>${git.dirty ? ' with uncommitted changes' : null}`}, digest <code>${environment.source.slice(0, 16)}</code>`,
    ],
    ['Made on it', `${usedBy.slice(0, 12).join(', ')}${more}`],
  ])
}
