import { coarseCpuText, cycleSelfNote } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatNumber, formatShare } from '../../../base/index.ts'
import type { CycleSection, NodeLine, ReportModel, RunSection } from '../../model.ts'
import { comparedRuns } from '../chosen-runs.ts'
import { plural } from '../wording.ts'
import { code, type Insert, md, type Piece } from './piece.ts'
import { item, table } from './table.ts'
import { orNone } from './wording.ts'

/** Where the time went: the nodes of the runs that matter most, then a line for every run. */
export function runsSection(model: ReportModel, most: { readonly runs: number; readonly nodes: number }): Piece {
  const shown = comparedRuns(model, most.runs)
  return md`
### Where the time went
${shown.map((run) => runPart(run, most.nodes))}${runTable(model.runs)}`
}

function runPart(run: RunSection, mostNodes: number): Piece {
  return md`
**${run.label}:** ${run.sentence} Run ${code(run.id)}.
${run.nodes === null ? md`\n_No spans were recorded: no data._\n` : nodeTable(run.nodes, mostNodes)}${run.cycles.map((cycle) => item(cycleText(cycle)))}`
}

function nodeTable(nodes: readonly NodeLine[], most: number): Piece {
  const numeric = true
  const rest = nodes.length - most
  const note = cycleSelfNote(nodes)
  return md`${table(
    [
      ...[{ title: 'Node' }, { title: 'Kind' }, { title: 'Ran', numeric }, { title: 'Total', numeric }],
      ...[
        { title: 'Self', numeric },
        { title: 'In calls', numeric },
        { title: 'Queueing', numeric },
        { title: 'CPU', numeric },
      ],
      ...[
        { title: 'Critical path', numeric },
        { title: 'Calls', numeric },
        { title: 'Failed', numeric },
      ],
    ],
    nodes
      .slice(0, most)
      .map((node) => [
        code(node.path),
        node.kind ?? '–',
        [formatCount(node.executions), node.items !== null && `, ${plural(node.items.count, 'item')}`],
        orNone(node.durations, ({ total }) => formatDuration(total)),
        orNone(node.self, formatDuration),
        orNone(node.wait, formatDuration),
        orNone(node.queueing, formatDuration),
        orNone(node.cpu, formatDuration),
        orNone(node.critical, ({ share }) => formatShare(share)),
        formatCount(node.calls.count),
        formatCount(node.failures + node.calls.failures),
      ]),
  )}${rest > 0 ? md`${plural(rest, 'more node')} left out.\n` : null}${note === null ? null : md`${note}\n\n`}`
}

function cycleText({ path, iterations, reason, metric, value, durations, cpuClock }: CycleSection): Insert {
  const known = value.filter((number) => number !== null)
  const [first, last] = [known[0], known.at(-1)]
  const ended = reason === null ? '' : `, ended: ${reason}`
  const went =
    metric === null || first === undefined || last === undefined
      ? ''
      : `; ${metric.name} (${metric.goal}) ${formatNumber(first)} → ${formatNumber(last)}`
  const time =
    durations === null ? '' : `; median ${formatDuration(durations.p50)}, p95 ${formatDuration(durations.p95)}`
  const cpu = cpuClock?.isTooCoarse ? `; CPU time ${coarseCpuText(cpuClock)}` : ''
  return md`Cycle ${code(path)}: ${plural(iterations, 'iteration')}${ended}${went}${time}${cpu}.`
}

function runTable(runs: readonly RunSection[]): Piece {
  return table(
    [{ title: 'Run' }, { title: 'What' }, { title: 'Of' }, { title: 'Wall time', numeric: true }, { title: 'Ended' }],
    runs.map((run) => [
      code(run.id),
      run.label,
      run.experiment === null ? '–' : code(run.experiment),
      orNone(run.value, formatDuration),
      run.error ? md`${run.reason} ${code(run.error.code)} ${run.error.message}` : run.reason,
    ]),
  )
}
