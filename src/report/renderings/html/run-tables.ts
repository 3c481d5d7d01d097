import { cycleSelfNote } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { Flame, FunctionLine, RunSection, Timeline } from '../../model.ts'
import { html, type Markup } from './markup.ts'
import { nodeName } from './path-chart.ts'
import { table } from './table.ts'
import { noData, orNone } from './wording.ts'

/** All that is known of each node of a run. */
export function nodeTable(run: RunSection): Markup {
  const numeric = true
  return table(
    [
      ...[
        { title: 'Node' },
        { title: 'Ran', numeric },
        { title: 'Total', numeric },
        { title: 'p50', numeric },
        { title: 'p95', numeric },
      ],
      ...[
        { title: 'Self', numeric },
        { title: 'In calls', numeric },
        { title: 'Queueing', numeric },
        { title: 'CPU', numeric },
      ],
      ...[
        { title: 'Critical', numeric },
        { title: 'Calls', numeric },
        { title: 'Items', numeric },
        { title: 'Failed', numeric },
      ],
    ],
    (run.nodes ?? []).map((node) => [
      html`${node.path}${node.kind === null ? null : html` <span class="quiet">${node.kind}</span>`}`,
      formatCount(node.executions),
      orNone(node.durations, ({ total }) => formatDuration(total)),
      orNone(node.items ?? node.durations, ({ p50 }) => formatDuration(p50)),
      orNone(node.items ?? node.durations, ({ p95 }) => formatDuration(p95)),
      orNone(node.self, formatDuration),
      orNone(node.wait, formatDuration),
      orNone(node.queueing, formatDuration),
      orNone(node.cpu, formatDuration),
      orNone(node.critical, ({ share }) => formatShare(share)),
      formatCount(node.calls.count),
      node.items === null ? '–' : formatCount(node.items.count),
      formatCount(node.failures + node.calls.failures),
    ]),
    {
      caption: `${run.label}, run ${run.id}. p50 and p95 of a map are those of its items. ${cycleSelfNote(run.nodes ?? []) ?? ''}`,
    },
  )
}

/** Shares of the critical path by node, and the calls that are on it. */
export function criticalTable(run: RunSection): Markup {
  if (run.critical === null) return noData
  const columns = [
    { title: 'On the critical path' },
    { title: 'Kind' },
    { title: 'Time', numeric: true },
    { title: 'Share', numeric: true },
  ]
  return table(
    columns,
    [
      ...run.critical.nodes.map(({ name, time, share }) => [
        nodeName(name),
        'node',
        formatDuration(time),
        formatShare(share),
      ]),
      ...run.critical.calls.map(({ name, detail, time, share }) => [
        html`${name} <code>${detail}</code>`,
        'call, within its node',
        formatDuration(time),
        formatShare(share),
      ]),
    ],
    { caption: `${run.label}, run ${run.id}: ${formatDuration(run.critical.duration)}` },
  )
}

/** The lanes of a timeline as numbers. */
export function laneTable(run: RunSection, timeline: Timeline): Markup {
  return table(
    [
      { title: 'Lane' },
      { title: 'Kind' },
      { title: 'Node' },
      { title: 'Spans', numeric: true },
      { title: 'Most at once', numeric: true },
      { title: 'Failed', numeric: true },
    ],
    timeline.lanes.map(({ label, kind, node, spans, mostAtOnce, failures }) => [
      label,
      kind,
      node === '' ? '–' : node,
      formatCount(spans),
      formatCount(mostAtOnce),
      formatCount(failures),
    ]),
    { caption: `${run.label}, run ${run.id}: ${formatDuration(timeline.duration)}` },
  )
}

/** Functions by self time. */
export function functionTable(functions: readonly FunctionLine[]): Markup {
  return table(
    [
      { title: 'Function' },
      { title: 'Place' },
      { title: 'Itself', numeric: true },
      { title: 'With callees', numeric: true },
    ],
    functions.map(({ name, file, line, self, inclusive }) => [
      name === '' ? '(anonymous)' : name,
      html`<code>${file === '' ? '–' : line > 0 ? `${file}:${line}` : file}</code>`,
      formatDuration(self),
      formatDuration(inclusive),
    ]),
  )
}

/** The widest rectangles of a flame graph. */
export function flameTable(flame: Flame): Markup {
  const widest = flame.frame
    .map((_, row) => row)
    .filter((row) => flame.frame[row]! >= 0)
    .sort((a, b) => flame.width[b]! - flame.width[a]! || a - b)
    .slice(0, 25)
  return table(
    [
      { title: 'Span' },
      { title: 'Detail' },
      { title: 'Depth', numeric: true },
      { title: 'Itself', numeric: true },
      { title: 'In all', numeric: true },
      { title: 'Share', numeric: true },
    ],
    widest.map((row) => {
      const frame = flame.frames[flame.frame[row]!]!
      return [
        frame.name,
        html`<code>${frame.detail}</code>`,
        formatCount(flame.depth[row]!),
        formatDuration(flame.self[row]!),
        formatDuration(flame.width[row]! * flame.total),
        formatShare(flame.width[row]!),
      ]
    }),
  )
}
