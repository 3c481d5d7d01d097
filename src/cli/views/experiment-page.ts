import { contendersSentence, type ExperimentRecord, flagsOf } from '../../engine/index.ts'
import type { CommandContext } from '../context.ts'
import { formatPairs } from '../table.ts'
import { blockTable, experimentFacts, liveLine, rankingTable, secondaryTable, verdictLines } from './experiment-view.ts'

/** An experiment as it is told when it ends: the verdict first, then the ranking and what a reader must know beside it. */
export function experimentSummary(record: ExperimentRecord, { colours }: CommandContext): string[] {
  const cautions = flagsOf(record).map(({ severity, text }) => {
    const line = `${severity}: ${text}`
    return severity === 'warning' ? colours.yellow(line) : colours.dim(line)
  })
  const contenders = contendersSentence(record)
  const live = liveLine(record)
  return [
    ...verdictLines(record, colours),
    ...(contenders === null ? [] : [contenders]),
    ...(live === undefined ? [] : [colours.dim(live)]),
    ...['', ...rankingTable(record, colours), ...cautions],
  ]
}

/** An experiment as a page: its summary, what was asked and planned, and every block. */
export function experimentPage(record: ExperimentRecord, context: CommandContext): string[] {
  const { colours } = context
  const facts = formatPairs(experimentFacts(record), { title: colours.dim })
  const tables = [secondaryTable(record, colours), blockTable(record, colours)]
  const further = tables.flatMap((lines) => (lines.length > 0 ? ['', ...lines] : []))
  return [...experimentSummary(record, context), '', ...facts, ...further]
}
