import { useMemo } from 'react'
import type { ComparedMeasure, NodeComparison, NodeDelta } from '../../../analysis/index.ts'
import { formatChange, formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection } from '../../../report/index.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { tracedTrials } from './experiment-section.ts'
import { armName } from './trial-table.tsx'
import { useTrialRecords } from './use-trial-records.ts'

interface NodesTabProps {
  readonly section: ExperimentSection
  /** Index of the variant that is held against the baseline. */
  readonly variant: number
}

/** What changed in which node: means over trials of both sides, the largest change first. */
export function NodesTab({ section, variant }: NodesTabProps) {
  const sides = useMemo(() => [tracedTrials(section, 0), tracedTrials(section, variant)] as const, [section, variant])
  const records = useTrialRecords(...sides)
  const { baseline = [], candidate = [] } = records.data ?? {}
  const first = baseline[0] && candidate[0] ? baseline[0] : null
  const nodes = useTrace(first, 'comparison', 'nodes', [baseline, candidate])
  const name = armName(section, variant)
  const columns = useMemo(() => columnsOf(armName(section, 0), name), [section, name])
  const error = records.error ?? nodes.error
  if (error) return <Problem title="The traces could not be compared" error={error} onRetry={nodes.refetch} />
  if (records.data && !first) {
    return (
      <EmptyState sentence="Trials of both variants with spans are needed, and there are none: they ran with capture off, or as commands." />
    )
  }
  if (!nodes.data) return <Loading label="Reading traces…" />
  return (
    <Section
      fill
      title={`What changed in which node: ${name} against ${armName(section, 0)}`}
      detail={`means of ${formatCount(baseline.length)} and ${formatCount(candidate.length)} trials; the verdict is the experiment’s, not a node’s`}
    >
      <DataTable
        name="compare.nodes"
        label="Nodes, the largest change first"
        columns={columns}
        rows={nodes.data}
        keyOf={({ path }) => path}
        emptyText="No node was recorded."
      />
    </Section>
  )
}

const measures: ReadonlyArray<readonly [ComparedMeasure, string, string]> = [
  ['critical', 'Critical path', 'Time on the critical path'],
  ['self', 'Self', 'Time in the node itself'],
  ['wait', 'Waiting', 'Time waiting for calls'],
  ['cpu', 'CPU', 'CPU time by samples'],
]

function columnsOf(before: string, after: string): readonly Column<NodeComparison>[] {
  const time = (side: NodeDelta['baseline']) => (side === null ? '–' : formatDuration(side.mean))
  return [
    { id: 'path', title: 'Node', width: 120, grow: 1, render: ({ path }) => path, value: ({ path }) => path },
    {
      id: 'before',
      title: before,
      width: 88,
      align: 'number',
      meaning: 'Total time, before',
      render: ({ total }) => time(total.baseline),
      value: ({ total }) => total.baseline?.mean ?? null,
    },
    {
      id: 'after',
      title: after,
      width: 88,
      align: 'number',
      meaning: 'Total time, after',
      render: ({ total }) => time(total.candidate),
      value: ({ total }) => total.candidate?.mean ?? null,
    },
    {
      id: 'difference',
      title: 'Difference',
      width: 150,
      align: 'number',
      meaning: 'Of total time; a mean over the trials looked into, without an interval of its own',
      render: ({ total }) => differenceText(total),
      value: ({ total }) => total.difference,
    },
    ...measures.map(
      ([id, title, meaning]): Column<NodeComparison> => ({
        ...{ id, title, width: 104, align: 'number', meaning: `${meaning}: difference` },
        render: (row) => signedDuration(row[id].difference),
        value: (row) => row[id].difference,
      }),
    ),
  ]
}

function differenceText({ difference, ratio }: NodeDelta): string {
  if (difference === null) return '–'
  return ratio === null ? signedDuration(difference) : `${signedDuration(difference)} (${formatChange(ratio)})`
}

function signedDuration(value: number | null): string {
  if (value === null) return '–'
  return value > 0 ? `+${formatDuration(value)}` : formatDuration(value)
}
