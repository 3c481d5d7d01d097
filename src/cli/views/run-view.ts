import type { Colors } from 'picocolors/types.js'
import { formatBytes, formatCount, formatDuration, formatShare } from '../../base/index.ts'
import { type NodeRow, type NodeTable, nameOfBlock, type RunRecord } from '../../engine/index.ts'
import { formatTable } from '../table.ts'
import { oneLine, shorten } from '../text-width.ts'
import { formatMoment } from './moment.ts'
import { paramsText, patchText } from './patch-text.ts'

/** How a run ended, in words, with its wall time where it has one. */
export function runSentence(run: RunRecord): string {
  const what = run.variant === 'baseline' ? run.workflow : `${run.workflow}, variant ${run.variant},`
  if (run.reason === 'finished') {
    return run.value === null ? `${what} finished` : `${what} finished in ${formatDuration(run.value)}`
  }
  return `${what} ${reasonWords[run.reason]}`
}

const reasonWords: Readonly<Record<RunRecord['reason'], string>> = {
  running: 'is still running',
  finished: 'finished',
  failed: 'failed',
  cancelled: 'was cancelled',
  timeout: 'took longer than its limit and was ended',
  'memory-limit': 'used more memory than its limit and was ended',
  exited: 'ended its process by itself',
  crashed: 'crashed its process',
  'never-settled': 'waited for something that can no longer happen',
  interrupted: 'was interrupted: the process that measured it went away',
}

/** What a run was: variant, params, capture, machine. */
export function runFacts(run: RunRecord): Array<readonly [string, string | undefined]> {
  const { environment, capture, trial } = run
  const samples = capture.sampleInterval === undefined ? '' : `, CPU samples every ${capture.sampleInterval} µs`
  const git = environment?.git
  return [
    ['run', run.id],
    ['file', run.file],
    ['started', formatMoment(run.startedAt)],
    ['variant', [run.variant, patchText(run.patch)].filter((part) => part !== '').join('  ')],
    ['params', paramsText(run.params)],
    ['seed', String(run.seed)],
    ['capture', `${capture.level}${samples}`],
    [
      'experiment',
      trial
        ? `${trial.experiment}, ${trial.block < 0 ? 'warm-up block' : `block ${nameOfBlock(trial.block)}`}`
        : undefined,
    ],
    [
      'machine',
      environment ? `${environment.cpuModel}, ${environment.cores} cores, Node ${environment.node}` : undefined,
    ],
    ['commit', git ? `${git.commit.slice(0, 12)}${git.dirty ? ' with changes' : ''}` : undefined],
    ['memory', run.peakMemory === undefined ? undefined : `${formatBytes(run.peakMemory)} at most`],
    ['result', run.result ? shorten(oneLine(run.result.preview), 100) : undefined],
    ['digest', run.result?.digest.slice(0, 16)],
  ]
}

/** The parts of a run one after the other; those that were not reached are left out. */
export function phaseLine(run: RunRecord): string {
  const { phases } = run
  const parts: ReadonlyArray<readonly [string, number | null]> = [
    ['thread start', phases.threadStart],
    ['module load', phases.moduleLoad],
    ['resources open', phases.resourcesOpen],
    ['workflow', run.value],
    ['resources close', phases.resourcesClose],
  ]
  return parts
    .filter((part): part is readonly [string, number] => part[1] !== null)
    .map(([name, time]) => `${name} ${formatDuration(time)}`)
    .join(' · ')
}

const noData = 'no data'

/** One row per node: time, self, wait, share of the critical path. Under a map a row of its items, summed over them. */
export function nodeTable(table: NodeTable, colours: Colors): string[] {
  const rows = table.rows.flatMap((row) => [nodeCells(row), ...(row.items ? [itemCells(row.items)] : [])])
  return formatTable(
    [
      { title: 'node' },
      { title: 'kind' },
      { title: 'runs', align: 'right' },
      { title: 'items', align: 'right' },
      { title: 'time', align: 'right' },
      { title: 'self', align: 'right' },
      { title: 'wait', align: 'right' },
      { title: 'queueing', align: 'right' },
      { title: 'critical', align: 'right' },
      { title: 'cpu', align: 'right' },
      { title: 'p50', align: 'right' },
      { title: 'p95', align: 'right' },
      { title: 'failed', align: 'right' },
    ],
    rows,
    { title: colours.dim },
  )
}

function nodeCells(row: NodeRow): string[] {
  return [
    row.path,
    row.kind ?? '',
    formatCount(row.executions),
    '',
    durationOf(row.durations?.total),
    durationOf(row.self),
    durationOf(row.wait),
    // Queueing is a part of the waiting; a column of zeros would only be noise.
    row.queueing ? formatDuration(row.queueing) : '',
    row.critical ? formatShare(row.critical.share) : noData,
    row.cpu === null ? '' : formatDuration(row.cpu),
    durationOf(row.durations?.p50),
    durationOf(row.durations?.p95),
    row.failures > 0 ? formatCount(row.failures) : '',
  ]
}

/** What the items of a map did: their times overlap where they ran at once, so that they may add up to more than the map's. */
function itemCells(items: NonNullable<NodeRow['items']>): string[] {
  return [
    '  its items',
    '',
    '',
    formatCount(items.durations?.count ?? 0),
    durationOf(items.durations?.total),
    durationOf(items.self),
    durationOf(items.wait),
    items.queueing ? formatDuration(items.queueing) : '',
    '',
    '',
    durationOf(items.durations?.p50),
    durationOf(items.durations?.p95),
    items.failures > 0 ? formatCount(items.failures) : '',
  ]
}

function durationOf(nanoseconds: number | null | undefined): string {
  return nanoseconds === null || nanoseconds === undefined ? noData : formatDuration(nanoseconds)
}
