import type { Colors } from 'picocolors/types.js'
import { formatCount } from '../../base/index.ts'
import { type HistoryPoint, type HistorySeries, historyMarks, type WorkflowHistory } from '../../engine/index.ts'
import { formatPairs, formatTable } from '../table.ts'
import { formatValue, historyChart } from './history-chart.ts'
import { formatMoment } from './moment.ts'
import { paramsText } from './patch-text.ts'

/** The latest points of a series that the table shows; those where something changed are shown besides. */
const latestRows = 20

/** What a history is of, as a heading. */
export function historyTitle({ workflow, variant, reference }: WorkflowHistory): string {
  return `${workflow}, ${variant}${reference ? `, as a ratio to ${reference.kind} ${reference.name}` : ''}`
}

/** One series: what was found, under which conditions, as a chart and as a table. */
export function seriesLines(series: HistorySeries, colours: Colors): string[] {
  const chart = historyChart(series, colours)
  return [
    ...series.sentences.map((sentence, place) => (place === 0 ? colours.bold(sentence) : sentence)),
    '',
    ...formatPairs(conditionPairs(series), { title: colours.dim }),
    '',
    ...(chart.length > 0 ? [...chart, ''] : []),
    ...pointTable(series, colours),
  ]
}

function conditionPairs({ conditions, environment }: HistorySeries): Array<readonly [string, string | undefined]> {
  const { machine, params, metric, isolation, capture } = conditions
  const samples = capture.sampleInterval === undefined ? '' : `, CPU samples every ${capture.sampleInterval} µs`
  const isolations = {
    thread: 'a fresh thread per trial',
    repeats: 'a fresh thread per trial, the workflow repeated in it',
    process: 'a fresh process per trial',
  }
  return [
    [
      'machine',
      environment
        ? `${environment.cpuModel}, ${environment.cores} cores, ${environment.os} (${machine?.slice(0, 8)})`
        : 'not recorded',
    ],
    ['params', paramsText(params)],
    ['measured', `${metric} time, ${isolations[isolation]}, capture ${capture.level}${samples}`],
  ]
}

function pointTable(series: HistorySeries, colours: Colors): string[] {
  const { points, unit } = series
  const marks = historyMarks(series)
  const first = points.length - latestRows
  const shown = points
    .map((point, place) => ({ point, place }))
    .filter(({ place }) => place >= first || marks.has(place))
  const rows = shown.map(({ point, place }) => [
    marks.get(place) ?? '',
    formatMoment(point.startedAt),
    point.kind === 'experiment' ? point.ids[0]! : runsText(point),
    point.commit === null ? '' : `${point.commit.slice(0, 7)}${point.dirty ? '+' : ''}`,
    point.value === null ? 'no data' : formatValue(point.value, unit),
    point.low === null || point.high === null
      ? ''
      : `${formatValue(point.low, unit)} – ${formatValue(point.high, unit)}`,
    formatCount(point.count),
    point.failed > 0 ? formatCount(point.failed) : '',
    point.changes.join(' '),
    point.unused ?? '',
  ])
  const right = { align: 'right' as const }
  const columns = [
    ...[{ title: '' }, { title: 'started' }, { title: 'session' }, { title: 'commit' }],
    ...[
      { title: unit === 'ratio' ? 'ratio' : 'median', ...right },
      { title: '95 % interval', ...right },
    ],
    ...[
      { title: 'trials', ...right },
      { title: 'failed', ...right },
    ],
    ...[{ title: 'changed' }, { title: 'only shown' }],
  ]
  const left = points.length - shown.length
  const dirty = shown.some(({ point }) => point.dirty) ? ['+ with changes that were not committed'] : []
  const more = left > 0 ? [`${formatCount(left)} older points are not in this table; --json has all.`] : []
  return [
    ...formatTable(columns, rows, { title: colours.dim }),
    ...[...dirty, ...more].map((line) => colours.dim(line)),
  ]
}

function runsText({ ids }: HistoryPoint): string {
  return ids.length === 1 ? ids[0]! : `${ids.length} runs, ${ids[0]} …`
}
