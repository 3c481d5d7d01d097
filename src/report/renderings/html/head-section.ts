import { formatChangeWithInterval, formatCount, formatDuration } from '../../../base/index.ts'
import type { ReportModel } from '../../model.ts'
import { moment, percent, plural } from '../wording.ts'
import { html, type Insert, type Markup } from './markup.ts'
import { noData } from './wording.ts'

const mark = html`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M8 8V1.4A6.6 6.6 0 0 1 14.6 8Z" fill="currentColor"/></svg>`

/** Who made this and when, the verdict in one sentence, and the few facts that say how much it is worth. */
export function headSection(model: ReportModel): Markup {
  const { headline } = model
  return html`<header><div class="bar-top"><span class="brand">${mark}Strobe</span>${model.title}<span class="made">${moment(model.madeAt)}</span></div>
<div class="headline tone-${headline.tone}"><h1>${headline.sentence}</h1><p>${headline.basis}</p></div>
${tiles(model)}</header>
`
}

/** Links to the sections that are there. */
export function contents(entries: ReadonlyArray<readonly [id: string, title: string]>): Markup {
  return html`<nav aria-label="Contents">${entries.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
`
}

function tiles(model: ReportModel): Markup | null {
  const facts = model.experiments[0] ? experimentTiles(model) : runTiles(model)
  if (facts.length === 0) return null
  return html`<div class="tiles">${facts.map(
    ([value, words]) => html`<div class="tile"><b>${value}</b><span>${words}</span></div>`,
  )}</div>
`
}

function experimentTiles({ experiments, headline }: ReportModel): Array<readonly [Insert, Insert]> {
  const { ranking, variants, design, results } =
    experiments.find(({ id }) => id === headline.experiment) ?? experiments[0]!
  const best = ranking.find((row) => !row.baseline && row.ratio !== null && row.verdict !== 'different-result')
  const median = (index: number) => {
    const value = variants[index]?.median ?? null
    return value === null ? noData : html`${formatDuration(value)}`
  }
  const equal = results.equal === null ? noData : results.equal ? 'equal' : 'different'
  const level = design.level === null ? 'no interval yet' : `${percent(design.level)} interval`
  return [
    [median(0), `${variants[0]?.name ?? 'baseline'}, median`],
    ...(best
      ? ([
          [median(best.variant), `${best.name}, median`],
          [html`${formatChangeWithInterval(best.ratio!, best.low, best.high)}`, `${best.name}, ${level}`],
        ] as const)
      : []),
    [plural(design.blocksCounted, 'block'), `${plural(design.blocksCounted * variants.length, 'trial')} counted`],
    [equal, `results, ${formatCount(results.compared)} compared`],
  ]
}

function runTiles({ runs }: ReportModel): Array<readonly [Insert, Insert]> {
  const run = runs[0]
  if (!run) return []
  const longest = run.critical?.nodes[0]
  return [
    [run.value === null ? noData : formatDuration(run.value), 'wall time'],
    [run.reason, 'how it ended'],
    ...(longest && longest.name !== ''
      ? ([[longest.name, `on the critical path for ${formatDuration(longest.time)}`]] as const)
      : []),
    [formatCount(run.spans), 'spans recorded'],
  ]
}
