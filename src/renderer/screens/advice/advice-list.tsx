import type { AdviceEntry } from '../../../protocol/index.ts'
import { Change } from '../../widgets/change.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { measuredEffect, predictionText, statusWords } from './advice-wording.ts'

export interface AdviceListProps {
  readonly entries: readonly AdviceEntry[]
  readonly selected: string | undefined
  readonly onSelect: (entry: AdviceEntry) => void
}

const columns: readonly Column<AdviceEntry>[] = [
  {
    id: 'status',
    title: '',
    width: 40,
    meaning: 'What became of it',
    render: ({ recommendation: { status } }) => (
      <span role="img" aria-label={statusWords[status].slice(2)}>
        {statusWords[status].slice(0, 1)}
      </span>
    ),
    value: ({ recommendation: { status } }) => status,
    hint: ({ recommendation: { status } }) => statusWords[status].slice(2),
  },
  {
    id: 'title',
    title: 'Recommendation',
    width: 100,
    grow: 1,
    render: ({ recommendation: { title } }) => title,
    value: ({ recommendation: { title } }) => title,
    hint: ({ recommendation: { title, place } }) => `${title} (${place})`,
  },
  {
    id: 'predicted',
    title: 'Predicted',
    width: 132,
    align: 'number',
    meaning: 'Change of the whole run’s time to expect, from the best to the worst case',
    render: ({ recommendation: { prediction } }) => predictionText(prediction),
    value: ({ recommendation: { prediction } }) => (prediction.kind === 'range' ? prediction.low : null),
  },
  {
    id: 'measured',
    title: 'Measured',
    width: 174,
    align: 'number',
    meaning: 'The change that was measured, with its interval',
    render: (entry) => <MeasuredCell entry={entry} />,
    value: ({ recommendation: { proof } }) => proof?.ratio ?? null,
  },
  {
    id: 'workflow',
    title: 'Workflow',
    width: 76,
    render: ({ workflow }) => workflow,
    value: ({ workflow }) => workflow,
    hint: ({ workflow }) => workflow,
  },
]

/** Everything that was found, what there is to do first. */
export function AdviceList({ entries, selected, onSelect }: AdviceListProps) {
  return (
    <DataTable
      name="advice.list"
      label="Recommendations, the most promising first"
      columns={columns}
      rows={entries}
      keyOf={({ id }) => id}
      selected={selected}
      onSelect={onSelect}
      emptyText="No advice yet."
    />
  )
}

/** The measured change in a cell, or why there is none. */
export function MeasuredCell({ entry }: { readonly entry: AdviceEntry }) {
  const { proof } = entry.recommendation
  if (!proof) return <span className="quiet">not yet</span>
  const effect = measuredEffect(proof)
  return <Change of={{ ...proof, ratio: effect?.ratio ?? null }} />
}
