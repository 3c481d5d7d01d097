import { formatChange, formatCount } from '../../../base/index.ts'
import type { AdviceCard, LedgerRow, Measured, ReportModel } from '../../model.ts'
import { againstWords, evidenceValue, literal, moment, percent, statusWords, verdictWords } from '../wording.ts'
import { figure } from './figure.ts'
import { gainChart } from './gain-chart.ts'
import { html, type Insert, type Markup } from './markup.ts'
import { table } from './table.ts'
import { change } from './wording.ts'

/** What to do next, what it should bring and, where it was tried, what it brought. */
export function adviceSection(model: ReportModel): Markup {
  const rope = model.experiments[0]?.design.rope ?? null
  return html`<section id="advice"><h2>What to do</h2>
${model.advice.map((card, place) => cardOf(card, place, rope))}
${model.ledger.length > 0 ? ledger(model.ledger) : null}</section>
`
}

function cardOf(card: AdviceCard, place: number, rope: number | null): Markup {
  const { evidence, prediction, measured } = card
  const chart = gainChart(card, rope)
  return html`<article class="card" id="advice-${place}"><span class="status">${statusWords[card.status]}</span><h3>${card.title} <span class="id"><code>${card.place}</code></span></h3>
<p>${card.explanation}</p>
<p class="do">${card.action}</p>
${card.patch === null ? html`<p class="quiet">No knob can do this: it takes a change of the source.</p>` : html`<pre><code>${literal(card.patch)}</code></pre>`}
${card.changes.length === 0 ? null : html`<p class="quiet">Changes ${card.changes.map(({ address, knob, from, to }, index) => html`${index > 0 ? ', ' : null}<code>${address}.${knob}</code> from ${literal(from)} to ${literal(to)}`)}, on top of ${card.base.variant}.</p>`}
${chart === null ? null : figure({ label: gainLabel(card), caption: gainCaption(card), height: chart.height, body: chart.body })}
${prediction.kind === 'range' ? html`<p class="quiet">Predicted from: ${prediction.basis}</p>` : html`<p class="quiet">Predicted: range unknown. ${prediction.why}</p>`}
${measured === null ? null : html`<p>${measuredSentence(measured)}</p>`}
${table(
  [{ title: 'Evidence' }, { title: `run ${evidence.runId}`, numeric: true }],
  [
    ...evidence.numbers.map(({ label, value, unit }): readonly Insert[] => [label, evidenceValue(value, unit)]),
    ['spans cited', formatCount(evidence.spanCount)],
  ],
)}
<p class="quiet">${card.scope}${card.includes.length > 0 ? html` Contains: ${card.includes.join('; ')}. Their gains do not add up.` : null} <span class="quiet">Rule ${card.rule}, recommendation ${card.id}, ${moment(card.createdAt)}.</span></p></article>
`
}

function gainLabel({ title }: AdviceCard): string {
  return `Predicted and measured change of the wall time: ${title}`
}

function gainCaption({ measured }: AdviceCard): string {
  const level = measured?.level == null ? '' : ` The measured interval is at ${percent(measured.level)}.`
  return `Change of the whole run’s wall time; less time is to the left.${level}`
}

function measuredSentence({ verdict, against, experimentId, ratio, low, high }: Measured): Markup {
  return html`Measured: ${change(ratio, low, high)}, ${verdictWords[verdict].words}${against === null ? null : `, ${againstWords[against]}`} (experiment ${experimentId}).`
}

function ledger(rows: readonly LedgerRow[]): Markup {
  return html`<h3 id="ledger">Ledger: what was predicted and what it brought</h3>
${table(
  [
    { title: 'Recommendation' },
    { title: 'Place' },
    { title: 'Found' },
    { title: 'Status' },
    { title: 'Predicted', numeric: true },
    { title: 'Measured', numeric: true },
  ],
  rows.map(({ title, place, createdAt, status, prediction, measured }) => [
    title,
    html`<code>${place}</code>`,
    moment(createdAt),
    statusWords[status],
    prediction.kind === 'range'
      ? `${formatChange(prediction.low)} to ${formatChange(prediction.high)}`
      : 'range unknown',
    measured === null
      ? html`<span class="none">not measured yet</span>`
      : change(measured.ratio, measured.low, measured.high),
  ]),
)}`
}
