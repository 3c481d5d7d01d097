import { liveText, nameOfBlock } from '../../../analysis/index.ts'
import { formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, Flag, RankingRow } from '../../model.ts'
import { armsOf, oddBlocks } from '../odd-blocks.ts'
import { moment, percent, plural, verdictWords } from '../wording.ts'
import type { Detail } from './detail.ts'
import { figure, key } from './figure.ts'
import { axisCell, intervalCell, rankingAxis } from './interval-chart.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { secondaryTable } from './secondary-table.ts'
import { stripChart, stripReach } from './strip-chart.ts'
import { table, twin } from './table.ts'
import { change, noData, orNone } from './wording.ts'

/** One experiment: what was asked, who won and by how much, and every trial that this rests on. */
export function experimentSection(section: ExperimentSection, place: number, palette: Palette, detail: Detail): Markup {
  const { design } = section
  const ended = section.ended === null ? '' : ` It ended because ${section.ended}.`
  const level = design.level === null ? 'no look yet' : `intervals at ${percent(design.level)}`
  return html`<section id="experiment-${place}"><h2>${section.question}</h2>
<p class="quiet">Experiment ${section.id}, ${moment(section.startedAt)}: ${design.unit}; ${level}; region of indifference ±${percent(design.rope)}.${ended}${design.metric === 'wall time' ? null : ` All times are ${design.metric}.`}</p>
<ul class="verdicts">${section.ranking.filter(({ baseline }) => !baseline).map(({ sentence }) => html`<li>${sentence}.</li>`)}${section.contenders === null ? null : html`<li>${section.contenders}</li>`}</ul>
${liveLine(section)}${ranking(section)}
<p>${section.results.sentence}</p>
${flagList(section.flags)}
${trials(section, place, palette, detail)}
${blockTable(section)}
${secondaryTable(section)}
<p class="quiet">${section.caveat}</p></section>
`
}

/** What is known beyond the latest look: no verdict, and grey. */
function liveLine({ live, status }: ExperimentSection): Markup | null {
  if (live === null) return null
  return html`<p class="live">${liveText(live, status === 'running')}</p>
`
}

/** Blocks that were disturbed or do not count, and why; nothing where all went well. */
function blockTable(section: ExperimentSection): Markup | null {
  const odd = oddBlocks(section)
  if (odd.length === 0) return null
  return twin(
    `${plural(odd.length, 'block')} invalidated or disturbed`,
    table(
      [{ title: 'Block' }, { title: 'Counts' }, { title: 'What happened, and in which trials' }],
      odd.map(({ block, counts, what }) => [unbroken(block), unbroken(counts), what]),
      { caption: 'Found and decided without looking at what the trials measured.' },
    ),
    odd.length > mostPrinted ? '' : 'printed',
  )
}

/** Blocks beyond which their table fills pages of paper and says no more than the warning does. */
const mostPrinted = 12

function unbroken(words: string): Markup {
  return html`<span class="num">${words}</span>`
}

function ranking(section: ExperimentSection): Markup {
  const axis = rankingAxis(section.ranking, section.design.rope)
  const rows = section.ranking.map((row) => rankingRow(row, section, axis))
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">Variant</th><th scope="col">Verdict</th><th scope="col" class="num">Median</th><th scope="col" class="num">Change [interval]</th><th scope="col" class="chart"></th></tr></thead><tbody>${rows}<tr class="axis"><td></td><td></td><td></td><td></td><td class="chart">${axisCell(axis)}</td></tr></tbody></table></div>
<p class="quiet legend">${key(html`<rect class="eff same" x="1" y="2" width="16" height="8"/>`, 'significant')}${key(
    html`<rect class="eff open same" x="1" y="2" width="16" height="8"/>`,
    'not significant',
  )}${key(html`<path class="mark" d="M9 -1v14"/>`, 'estimate')}${key(html`<rect class="rope" x="0" y="0" width="18" height="12"/>`, `±${percent(section.design.rope)}: too small to matter`)}</p>
`
}

function rankingRow(row: RankingRow, section: ExperimentSection, axis: ReturnType<typeof rankingAxis>): Markup {
  const summary = section.variants[row.variant]
  // Before the first look there is an estimate, in grey above, and no interval.
  const effect = row.baseline
    ? html`<span class="quiet">baseline</span>`
    : row.verdict === null
      ? noData
      : change(row.ratio, row.low, row.high)
  return html`<tr><th scope="row" class="name">${row.name}</th><td>${verdictChip(row)}</td><td class="num">${orNone(summary?.median, formatDuration)}</td><td class="num">${effect}</td><td class="chart">${intervalCell(row, axis)}</td></tr>`
}

/** A verdict with its sign; `–` for the baseline, which has none. */
function verdictChip({ baseline, verdict }: Pick<RankingRow, 'baseline' | 'verdict'>): Markup {
  if (baseline) return html`<span class="chip">–</span>`
  if (verdict === null) return html`<span class="chip">no verdict yet</span>`
  const { sign, words, tone } = verdictWords[verdict]
  return html`<span class="chip ${tone}"><i aria-hidden="true">${sign}</i>${words}</span>`
}

/** What a reader should know, warnings marked by more than colour. */
function flagList(flags: readonly Flag[]): Markup | null {
  if (flags.length === 0) return null
  return html`<ul class="flags">${flags.map(({ severity, text }) => html`<li class="${severity}">${text}</li>`)}</ul>`
}

function trials(section: ExperimentSection, place: number, palette: Palette, detail: Detail): Markup {
  if (section.trials.length === 0) return html`<h3>Every trial</h3><p class="none">no data</p>`
  const prefix = `x${place}`
  const chart = stripChart(section, prefix, palette, detail.trials)
  const dot = html`<g ${hueStyle(palette.hueOf(section.variants[0]?.name ?? ''))}><circle class="cat-dot" cx="9" cy="6" r="3.2"/></g>`
  const triangle = html`<g ${hueStyle(palette.hueOf(section.variants[0]?.name ?? ''))}><path class="cat-edge" d="M5 10h8l-4 -8Z"/></g>`
  return html`<h3>Every trial, in the order in which they ran</h3>
${figure({
  label: 'Every trial as a dot in run order, one panel per variant',
  caption: `Height is the ${section.design.metric}, from ${stripReach(section)} of each variant’s own median on a logarithmic scale, so that spread and drift compare across variants. Each dot leads to its row.`,
  height: chart.height,
  body: chart.body,
  legend: html`${key(dot, 'counted')}${key(html`<circle class="dot-out" cx="9" cy="6" r="2.8"/>`, 'left out (warm-up, invalidated, after the look)')}${key(triangle, 'beyond the panel')}${
    section.trials.some(({ disturbances }) => disturbances.length > 0)
      ? key(html`<circle class="ring" cx="9" cy="6" r="5.2"/>`, 'disturbed')
      : null
  }${key(html`<path class="cross" d="M5.5 2.5l7 7m0 -7l-7 7"/>`, 'no result')}`,
  twin: twin(`${formatCount(section.trials.length)} trials as a table`, trialTable(section, prefix, detail.trials)),
})}`
}

function trialTable(section: ExperimentSection, prefix: string, most: number): Markup {
  const { trials: all, design } = section
  const arms = armsOf(section)
  const dots = all.slice(0, most)
  const names = new Map(section.blocks.map(({ block, name }) => [block, name]))
  return table(
    [
      ...[{ title: 'Run' }, { title: 'Block', numeric: true }, { title: 'Variant' }],
      ...[{ title: capital(design.metric), numeric: true }, { title: 'Ended' }, { title: 'Counts' }],
    ],
    dots.map(({ runId, block, variant, value, reason, leftOut }) => [
      runId === '' ? '–' : runId,
      names.get(block) ?? nameOfBlock(block),
      arms[variant]?.name ?? '–',
      orNone(value, formatDuration),
      reason,
      leftOut ?? 'yes',
    ]),
    {
      ids: dots.map((_, place) => `${prefix}-trial-${place}`),
      ...(dots.length < all.length
        ? { caption: `The first ${formatCount(most)} of ${formatCount(all.length)} trials.` }
        : {}),
    },
  )
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
