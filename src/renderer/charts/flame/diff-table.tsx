import { useMemo } from 'react'
import type { FlameDifference, FunctionChange } from '../../../analysis/index.ts'
import { formatDuration, formatShare } from '../../../base/index.ts'
import { Badge } from '../../widgets/badge.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import type { ChangeMeasure } from './diff-colours.ts'
import { changeText, movedText, type SideNames, sureText } from './diff-words.tsx'
import { labelOf } from './flame-colours.ts'
import { frameMatches } from './search-rows.ts'
import { placeText } from './short-place.ts'

interface DiffTableProps {
  readonly difference: FlameDifference
  readonly measure: ChangeMeasure
  readonly names: SideNames
  readonly root: string
  readonly search: string
  readonly selected: number | null
  readonly onSelect: (frame: number) => void
}

/** Every function on both sides with its change: the differential flame graph as numbers. */
export function DiffTable({ difference, measure, names, root, search, selected, onSelect }: DiffTableProps) {
  const columns = useMemo(() => columnsFor(difference, measure, names, root), [difference, measure, names, root])
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    if (wanted === '') return difference.functions
    return difference.functions.filter(({ frame }) => frameMatches(difference.frames[frame]!, wanted))
  }, [difference, search])
  return (
    <DataTable
      name="flame.difference"
      label="Functions by how their CPU time changed"
      columns={columns}
      rows={rows}
      keyOf={({ frame }) => String(frame)}
      selected={selected === null ? null : String(selected)}
      onSelect={({ frame }) => onSelect(frame)}
      emptyText={search.trim() === '' ? 'No samples were taken.' : `No function matches “${search.trim()}”.`}
    />
  )
}

function columnsFor(
  difference: FlameDifference,
  measure: ChangeMeasure,
  names: SideNames,
  root: string,
): Column<FunctionChange>[] {
  const text = ({ frame }: FunctionChange) => labelOf(difference.frames[frame]!)
  const place = ({ frame }: FunctionChange) => placeText(difference.frames[frame]!, root)
  const what = measure === 'self' ? 'its own' : 'its own and that of what it called'
  const side = (id: 'baseline' | 'candidate'): Column<FunctionChange> => ({
    ...{ id, title: names[id], width: 96, align: 'number', meaning: `CPU time a trial, ${what}` },
    render: (change) => formatDuration(change[id][measure]),
    value: (change) => change[id][measure],
  })
  return [
    {
      id: 'name',
      title: 'Function',
      width: 140,
      grow: 2,
      render: text,
      value: text,
      hint: (row) => `${text(row)}\n${place(row)}`,
    },
    {
      ...{ id: 'place', title: 'Place', width: 120, grow: 1, value: place, hint: place },
      render: (row) => <code>{place(row) || difference.frames[row.frame]!.category}</code>,
    },
    side('baseline'),
    side('candidate'),
    {
      ...{ id: 'change', title: 'Change', width: 216, align: 'number' },
      meaning: 'Difference of the means by samples, with its 95 % interval',
      render: (change) => <Change {...{ change, measure }} />,
      value: (change) => change[measure]?.delta,
    },
    {
      ...{ id: 'sure', title: 'Sure?', width: 124 },
      meaning:
        'changed: among these at most one in twenty is a false alarm. proven: holds for all functions at once at 5 %',
      render: (change) => <Sure {...{ change, measure }} />,
      value: (change) => change[measure]?.q,
      hint: (change) => (change[measure] ? `q = ${formatShare(change[measure].q)}` : undefined),
    },
    {
      ...{ id: 'moved', title: 'Moved', width: 140, grow: 1 },
      meaning: 'Where one function gained what another beside it lost, the work has moved',
      render: (change) => movedText(difference, change),
      value: ({ movedWith }) => movedWith,
      hint: (change) => movedText(difference, change) || undefined,
    },
  ]
}

interface CellProps {
  readonly change: FunctionChange
  readonly measure: ChangeMeasure
}

function Change({ change, measure }: CellProps) {
  const test = change[measure]
  if (test === null) return <span className="quiet">–</span>
  const tone = !test.changed ? 'quiet' : test.delta < 0 ? 'faster' : 'slower'
  return <span className={tone}>{changeText(test)}</span>
}

function Sure({ change, measure }: CellProps) {
  const test = change[measure]
  if (!test?.changed) return <span className="quiet">{sureText(test)}</span>
  return <Badge kind={test.delta < 0 ? 'faster' : 'slower'}>{sureText(test)}</Badge>
}
