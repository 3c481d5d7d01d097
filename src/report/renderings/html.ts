import type { ReportModel } from '../model.ts'
import { adviceSection } from './html/advice-section.ts'
import { appendixSection } from './html/appendix-section.ts'
import { type Detail, details, mostCharacters } from './html/detail.ts'
import { experimentSection } from './html/experiment-section.ts'
import { figure, sharedPatterns } from './html/figure.ts'
import { graphChart } from './html/graph-chart.ts'
import { contents, headSection } from './html/head-section.ts'
import { html, type Markup, markupOf } from './html/markup.ts'
import { Palette } from './html/palette.ts'
import { runsSection } from './html/run-section.ts'
import { styleSheet } from './html/style.ts'
import type { Rendering } from './rendering.ts'

/** Nothing may be loaded, run, framed or sent from a report; only its own style sheet and inline styles apply. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'none'; base-uri 'none'; form-action 'none'"

/**
 * The report as one HTML file that needs nothing else: no network, no script, light and dark, and readable on paper. All text of
 * users goes through `markup.ts`, links lead within the page only. Where much was measured, less of it is drawn.
 */
export function renderHtml(model: ReportModel): string {
  let page = ''
  for (const detail of details) {
    page = pageOf(model, detail).text
    if (page.length <= mostCharacters) break
  }
  return page
}

function pageOf(model: ReportModel, detail: Detail): Markup {
  const palette = new Palette(namesOf(model))
  const sections = [
    ...model.experiments.map((section, place) =>
      entry(
        `experiment-${place}`,
        section.purpose === 'proof' ? 'Proof' : 'Verdict',
        experimentSection(section, place, palette, detail),
      ),
    ),
    ...(model.workflow && model.sections.includes('runs')
      ? [entry('workflow', 'Workflow', workflowSection(model, palette))]
      : []),
    ...(model.runs.length > 0 ? [entry('runs', 'Where the time went', runsSection(model, palette, detail))] : []),
    ...(model.advice.length > 0 ? [entry('advice', 'What to do', adviceSection(model))] : []),
    ...(model.sections.includes('appendix') ? [entry('appendix', 'Appendix', appendixSection(model))] : []),
  ]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${markupOf(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${model.title} – Strobe report</title>
<style>${markupOf(styleSheet())}</style>
</head>
<body>
${sharedPatterns}${headSection(model)}${contents(sections.map(({ id, title }) => [id, title]))}<main>
${sections.map(({ content }) => content)}</main>
<footer>Made by Strobe. Every number comes from the runs that are named beside it. This file loads nothing and runs no script.</footer>
</body>
</html>
`
}

function entry(
  id: string,
  title: string,
  content: Markup,
): { readonly id: string; readonly title: string; readonly content: Markup } {
  return { id, title, content }
}

/** Names that have a colour, in the order in which they may choose one. */
function* namesOf(model: ReportModel): Generator<string> {
  for (const { path } of model.workflow?.nodes ?? []) yield path
  for (const { name } of model.workflow?.resources ?? []) yield name
  for (const { variants } of model.experiments) for (const { name } of variants) yield name
  for (const { nodes } of model.runs) for (const { path } of nodes ?? []) yield path
}

function workflowSection({ workflow, runs, pair }: ReportModel, palette: Palette): Markup {
  const run = runs.find(({ id }) => id === pair?.baseline) ?? runs.find(({ critical }) => critical !== null)
  const chart = graphChart(workflow!, run, palette)
  const shares = run?.critical
    ? ` Per cent: share of the critical path, with what is inside, in ${run.label}, run ${run.id}.`
    : ''
  return html`<section id="workflow"><h2>Workflow ${workflow!.name}</h2>
${figure({
  label: 'Nodes of the workflow and what flows between them',
  caption: `Nodes from left to right by what they wait for.${shares}`,
  height: chart.height,
  body: chart.body,
})}</section>
`
}

export const htmlRendering: Rendering = { name: 'html', extension: 'html', mediaType: 'text/html', render: renderHtml }
