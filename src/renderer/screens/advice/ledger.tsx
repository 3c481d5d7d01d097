import type { AdviceEntry } from '../../../protocol/index.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { type AdviceListProps, MeasuredCell } from './advice-list.tsx'
import { againstPrediction, predictionText, statusWords } from './advice-wording.ts'

const columns: readonly Column<AdviceEntry>[] = [
  {
    id: 'title',
    title: 'Recommendation',
    width: 160,
    grow: 1,
    render: ({ recommendation: { title } }) => title,
    value: ({ recommendation: { title } }) => title,
    hint: ({ recommendation: { title, place } }) => `${title} (${place})`,
  },
  {
    id: 'status',
    title: 'Status',
    width: 112,
    render: ({ recommendation: { status } }) => statusWords[status],
    value: ({ recommendation: { status } }) => status,
  },
  {
    id: 'predicted',
    title: 'Predicted',
    width: 136,
    align: 'number',
    render: ({ recommendation: { prediction } }) => predictionText(prediction),
    value: ({ recommendation: { prediction } }) => (prediction.kind === 'range' ? prediction.low : null),
  },
  {
    id: 'measured',
    title: 'Measured',
    width: 176,
    align: 'number',
    render: (entry) => <MeasuredCell entry={entry} />,
    value: ({ recommendation: { proof } }) => proof?.ratio ?? null,
  },
  {
    id: 'against',
    title: 'Held against',
    width: 132,
    render: ({ recommendation: { prediction, proof } }) => (proof && againstPrediction(prediction, proof)) ?? '–',
  },
  {
    id: 'found',
    title: 'Found',
    width: 96,
    render: ({ createdAt }) => <Moment at={createdAt} />,
    value: ({ createdAt }) => createdAt,
  },
]

/** Everything that was ever advised: what was promised, and what it brought. */
export function Ledger({ entries, selected, onSelect }: AdviceListProps) {
  return (
    <DataTable
      name="advice.ledger"
      label="Ledger: what was predicted and what it brought"
      columns={columns}
      rows={entries}
      keyOf={({ id }) => id}
      selected={selected}
      onSelect={onSelect}
      defaultSort={{ column: 'found', descending: true }}
      emptyText="Nothing was ever advised here."
    />
  )
}
