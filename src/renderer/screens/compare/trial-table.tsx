import { useMemo } from 'react'
import { formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, TrialDot } from '../../../report/index.ts'
import { goTo } from '../../state/route.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'

/** What an arm is called; the control arm is the baseline once more. */
export function armName({ variants }: ExperimentSection, variant: number): string {
  return variants[variant]?.name ?? 'control'
}

/** Every trial as a row: what its dot says. Enter opens the run. */
export function TrialTable({ section }: { readonly section: ExperimentSection }) {
  const columns = useMemo(() => columnsOf(section), [section])
  return (
    <DataTable
      name="compare.trial-table"
      label="Trials in the order they ran"
      columns={columns}
      rows={section.trials}
      keyOf={({ runId }, index) => `${runId} ${index}`}
      onOpen={({ runId }) => runId !== '' && goTo({ screen: 'run', id: runId })}
      emptyText="No trial has ended yet."
    />
  )
}

function columnsOf(section: ExperimentSection): readonly Column<TrialDot>[] {
  const names = new Map(section.blocks.map(({ block, name }) => [block, name]))
  return [
    {
      id: 'block',
      title: 'Block',
      width: 88,
      render: ({ block }) => names.get(block) ?? String(block + 1),
      value: ({ block }) => block,
    },
    {
      id: 'variant',
      title: 'Variant',
      width: 100,
      grow: 1,
      render: ({ variant }) => armName(section, variant),
      value: ({ variant }) => variant,
    },
    {
      id: 'value',
      title: section.design.metric,
      width: 100,
      align: 'number',
      render: ({ value, reason }) => (value === null ? reason : formatDuration(value)),
      value: ({ value }) => value,
    },
    {
      id: 'notes',
      title: 'Notes',
      width: 160,
      grow: 1,
      render: ({ leftOut, disturbances }) => [...(leftOut ? [leftOut] : []), ...disturbances].join('; '),
    },
  ]
}
