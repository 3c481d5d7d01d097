import { nameOfBlock } from '../../analysis/index.ts'
import { formatBytes, formatCount, formatDuration } from '../../base/index.ts'
import type { ExperimentSection, ReportEnvironment } from '../model.ts'
import { literal, moment, percent, plural, pValue } from './wording.ts'

/** A piece of a fact: words, something to be shown as code, or `null` for "no data". */
export type FactPart = string | { readonly code: string } | null

/** A line of what it takes to believe a number, whatever the rendering. */
export interface Fact {
  readonly label: string
  readonly parts: readonly FactPart[]
}

/** How an experiment was planned, how far it came, and what cannot be averaged out. */
export function experimentFacts(section: ExperimentSection): Fact[] {
  const { design, results, status, ended } = section
  const looks = design.looks.map(
    ({ blocks, alpha }, look) => `${blocks} blocks (α ${alpha}${look === design.look ? ', the latest reached' : ''})`,
  )
  const { sampleInterval } = design.capture
  const samples = sampleInterval === undefined ? '' : `, CPU samples every ${formatDuration(sampleInterval * 1000)}`
  const fact = (label: string, ...parts: readonly FactPart[]): Fact => ({ label, parts })
  return [
    fact('Workflow', section.workflow, ...(section.file === '' ? [] : [' ', { code: section.file }])),
    fact('Status', ended === null ? status : `${status}: ${ended}`),
    fact('Started, ended', `${moment(section.startedAt)}, `, section.endedAt === null ? null : moment(section.endedAt)),
    fact(
      'Plan',
      `${design.preset}: looks at ${looks.join(', ')}; cap ${design.cap} blocks; family-wise α ${design.alpha}`,
    ),
    ...(section.extensions.length === 0 ? [] : [fact('Extended', extensionWords(section))]),
    fact('Measured', design.metric),
    fact('Seed of the order', String(design.seed)),
    fact('Unit', design.unit),
    fact('Blocks', blockWords(section)),
    design.level === null
      ? fact('Level of the intervals', 'no look was reached yet: ', null)
      : fact('Level of the intervals', `${percent(design.level)}, which is 1 − α of the look ÷ m`),
    fact('Comparisons m', formatCount(design.comparisons)),
    fact(
      'Region of indifference',
      `±${percent(design.rope)} (ratios from 1 ÷ ${1 + design.rope} to ${1 + design.rope})`,
    ),
    fact('A/A arm', controlWords(section)),
    fact('Recorded', `level ${design.capture.level}${samples}`),
    fact('Params', { code: literal(design.params) }),
    fact(
      'Results',
      `${results.sentence} Reference: `,
      results.reference,
      `.${results.differences.map(({ runId, how }) => ` ${runId}: ${how}.`).join('')}`,
    ),
    fact('Layout', section.caveat),
  ]
}

function extensionWords({ extensions }: ExperimentSection): string {
  return extensions
    .map(
      ({ startedAt, blocks, fromCap, toCap }) =>
        `at ${plural(blocks, 'block')}, cap ${fromCap} → ${toCap} (${moment(startedAt)})`,
    )
    .join('; ')
}

function blockWords({ design }: ExperimentSection): string {
  const why = design.invalidated.map(({ block, why }) => `block ${nameOfBlock(block)}: ${why}`).join('; ')
  return `${formatCount(design.blocksRun)} run, ${formatCount(design.blocksCounted)} counted, ${formatCount(design.invalidated.length)} invalidated${why === '' ? '' : ` (${why})`}, ${formatCount(design.warmUpBlocks)} warm-up left out`
}

function controlWords({ design: { control, controlArm } }: ExperimentSection): string {
  if (control === null) return controlArm ? 'planned, not tested yet' : 'none'
  return `always-valid p ${pValue(control.alwaysValidP)}: ${control.differs ? 'the baseline differs from itself' : 'no difference found'}`
}

/** Ids that are named of those that were made on one machine. */
const namedIds = 12

/** A machine, and the state of the source that was measured on it. */
export function environmentFacts(environment: ReportEnvironment): Fact[] {
  const { git, usedBy, cpuModel, cores, memory, os, machine, node, v8, strobe, source } = environment
  const more = usedBy.length > namedIds ? ` and ${formatCount(usedBy.length - namedIds)} more` : ''
  const changes = git?.dirty ? ' with uncommitted changes' : ''
  const commit: FactPart[] = git ? ['commit ', { code: git.commit }, changes] : ['not in git']
  return [
    {
      label: 'Machine',
      parts: [`${cpuModel}, ${formatCount(cores)} cores, ${formatBytes(memory)}, ${os} `, { code: machine }],
    },
    { label: 'Runtime', parts: [`Node ${node}, V8 ${v8}, Strobe ${strobe}`] },
    { label: 'Source', parts: [...commit, ', digest ', { code: source.slice(0, 16) }] },
    { label: 'Made on it', parts: [`${usedBy.slice(0, namedIds).join(', ')}${more}`] },
  ]
}
