import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ErrorRecord, errorFrom, formatDuration, formatShare, type Place } from '../../base/index.ts'
import {
  buildNodeTable,
  type CycleReport,
  cycleSelfNote,
  type NodeTable,
  type RunRecord,
  reportCycles,
  type Trace,
} from '../../engine/index.ts'
import type { CommandContext } from '../context.ts'
import { describeFailure } from '../failure.ts'
import { formatPairs } from '../table.ts'
import { cycleLines } from './cycle-view.ts'
import { nodeTable, phaseLine, runFacts, runSentence } from './run-view.ts'

/** A run with what its trace says. */
export interface RunAnalysis {
  readonly run: RunRecord
  /** `null` where the run recorded no spans. */
  readonly nodes: NodeTable | null
  readonly cycles: readonly CycleReport[]
}

/** What a run's trace says: where the time went, and how its cycles did. */
export function analyseRun(run: RunRecord, trace: Trace | undefined): RunAnalysis {
  const hasSpans = trace !== undefined && trace.spans.kind.length > 0
  return {
    run,
    nodes: hasSpans ? buildNodeTable(trace, run.description) : null,
    cycles: trace ? reportCycles(trace, run, run.description) : [],
  }
}

/** A run as a page: the sentence first, then its error with its place, what it was, its phases, nodes and cycles. */
export function runLines({ run, nodes, cycles }: RunAnalysis, workspace: string, context: CommandContext): string[] {
  const { colours } = context
  const table = nodes ? nodeTable(nodes, colours) : []
  return [
    colours.bold(runSentence(run)),
    ...(run.error ? errorLines(run.error, workspace, context) : []),
    ...formatPairs([...runFacts(run), ['phases', phaseLine(run)]], { title: colours.dim }),
    ...(table.length > 0 ? ['', ...table, ...unattributed(nodes), ...selfNote(nodes, colours)] : []),
    ...cycles.flatMap((cycle) => ['', ...cycleLines(cycle, colours)]),
  ]
}

function errorLines(error: ErrorRecord, workspace: string, { colours, global, shown }: CommandContext): string[] {
  const place = error.data?.place === undefined ? placeInStack(error, workspace) : undefined
  const told = place ? { ...error, data: { ...error.data, place } } : error
  const atHome = (path: string) => shown(resolve(workspace, path))
  return describeFailure(errorFrom(told), { colours, shown: atHome, debug: global.debug })
}

/**
 * Where an error of user code was thrown: the first frame of a file of the workspace, looked for in the innermost cause
 * first, because that is what the user's code threw.
 */
export function placeInStack(error: ErrorRecord, workspace: string): Place | undefined {
  const inner = error.cause ? placeInStack(error.cause, workspace) : undefined
  if (inner) return inner
  for (const line of error.stack?.split('\n') ?? []) {
    const match = /(?:\(|\bat )((?:file:\/\/)?\/[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim())
    if (!match?.[1]) continue
    const file = match[1].startsWith('file://') ? fileURLToPath(match[1]) : match[1]
    const isOwn = file.startsWith(workspace + sep) && !file.includes(`${sep}node_modules${sep}`)
    if (isOwn) return { file, line: Number(match[2]), column: Number(match[3]) }
  }
  return undefined
}

function selfNote(nodes: NodeTable | null, colours: CommandContext['colours']): string[] {
  const note = cycleSelfNote(nodes?.rows ?? [])
  return note === null ? [] : [colours.dim(note)]
}

function unattributed(nodes: NodeTable | null): string[] {
  const lost = nodes?.unattributedCpu ?? null
  if (lost === null) return []
  const known = nodes?.rows.reduce((sum, row) => sum + (row.cpu ?? 0), 0) ?? 0
  const share = known + lost > 0 ? ` (${formatShare(lost / (known + lost))})` : ''
  return [`CPU time of no node: ${formatDuration(lost)}${share}`]
}
