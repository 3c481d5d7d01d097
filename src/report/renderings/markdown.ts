import type { ReportModel } from '../model.ts'
import { environmentFacts } from './facts.ts'
import { adviceSection, ledgerSection } from './markdown/advice-section.ts'
import { experimentSection } from './markdown/experiment-section.ts'
import { md, type Piece } from './markdown/piece.ts'
import { runsSection } from './markdown/runs-section.ts'
import { factTable, folded } from './markdown/table.ts'
import type { Rendering } from './rendering.ts'
import { moment, plural } from './wording.ts'

/** How much is written: a comment on GitHub holds 65 536 characters. */
interface Detail {
  readonly experiments: number
  /** Whether each experiment says how it was measured. */
  readonly facts: boolean
  readonly runs: number
  readonly nodes: number
  /** Recommendations, and rows of the ledger. */
  readonly advice: number
}

/** From all to what any comment can hold. The first that is small enough is taken. */
const details: readonly Detail[] = [
  { experiments: 100, facts: true, runs: 2, nodes: 40, advice: 100 },
  { experiments: 20, facts: true, runs: 2, nodes: 20, advice: 20 },
  { experiments: 8, facts: false, runs: 1, nodes: 12, advice: 8 },
  { experiments: 2, facts: false, runs: 1, nodes: 8, advice: 3 },
]
const mostCharacters = 60_000

/**
 * The report as GitHub-flavoured Markdown that reads well as a comment on a pull request: the headline, rankings with
 * intervals and verdicts in words, nodes, recommendations with what they brought; what is for doubters is folded away. All
 * text of users goes through `markdown/piece.ts`: none of it is markup, a link or a mention.
 */
export function renderMarkdown(model: ReportModel): string {
  let text = ''
  for (const detail of details) {
    text = `${reportOf(model, detail)
      .text.replace(/\n{3,}/g, '\n\n')
      .trim()}\n`
    if (text.length <= mostCharacters) break
  }
  return text
}

function reportOf(model: ReportModel, detail: Detail): Piece {
  const { headline, experiments, runs, advice, ledger, sections } = model
  const rest = experiments.length - detail.experiments
  return md`## ${model.title}

**${headline.sentence}**

${headline.basis}

${experiments.slice(0, detail.experiments).map((section) => experimentSection(section, detail.facts))}${rest > 0 ? md`\n${plural(rest, 'more experiment')} left out.\n` : null}
${runs.length === 0 ? null : runsSection(model, detail)}
${advice.length === 0 ? null : adviceSection(advice, detail.advice)}${ledger.length === 0 ? null : ledgerSection(ledger, detail.advice)}${sections.includes('appendix') ? machines(model) : null}
<sub>Made by Strobe, ${moment(model.madeAt)}. Every number comes from the runs that are named beside it.</sub>
`
}

function machines({ environments }: ReportModel): Piece {
  const tables = environments.map((environment) => factTable(environmentFacts(environment)))
  return folded('Machine and source', environments.length === 0 ? md`\n_no data_\n` : md`${tables}`)
}

export const markdownRendering: Rendering = {
  name: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown',
  render: renderMarkdown,
}
