import { useMemo } from 'react'
import type { FlameTree } from '../../../analysis/index.ts'
import { formatCount, formatDuration } from '../../../base/index.ts'
import { labelOf } from '../../charts/flame/flame-colours.ts'
import { frameMatches } from '../../charts/flame/search-rows.ts'
import { ShareCell } from '../../charts/flame/share-cell.tsx'
import { placeText } from '../../charts/flame/short-place.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import type { FlameFunction } from '../../workers/topics/flame.ts'
import { shareText } from './flame-words.tsx'

interface FlameFunctionsProps {
  readonly tree: FlameTree
  readonly functions: readonly FlameFunction[]
  /** Part of a name or place; empty: all. */
  readonly search: string
  readonly selected: number | null
  readonly onSelect: (frame: number) => void
  /** Folder that places are told relative to. */
  readonly root: string
  /** Without the columns that a narrow place has no room for. */
  readonly narrow?: boolean
  /** What is said where nothing was recorded. */
  readonly emptyText: string
}

/** Every function with its own time and that of all it called: the flame graph as numbers. */
export function FlameFunctions(props: FlameFunctionsProps) {
  const { tree, functions, search, selected, onSelect, root, narrow = false, emptyText } = props
  const columns = useMemo(() => columnsFor(tree, root, narrow), [tree, root, narrow])
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    if (wanted === '') return functions
    return functions.filter(({ frame }) => frameMatches(tree.frames[frame]!, wanted))
  }, [tree, functions, search])
  return (
    <DataTable
      name={narrow ? 'run.functions.narrow' : 'run.functions'}
      label={tree.measure === 'cpu' ? 'Functions by CPU time' : 'Spans by time'}
      columns={columns}
      rows={rows}
      keyOf={({ frame }) => String(frame)}
      selected={selected === null ? null : String(selected)}
      onSelect={({ frame }) => onSelect(frame)}
      defaultSort={{ column: 'self', descending: true }}
      emptyText={search.trim() === '' ? emptyText : `No function matches “${search.trim()}”.`}
    />
  )
}

function columnsFor(tree: FlameTree, root: string, narrow: boolean): Column<FlameFunction>[] {
  const total = tree.inclusive[0]!
  const samples = tree.count[0]!
  const cpu = tree.measure === 'cpu'
  const text = ({ frame }: FlameFunction) => labelOf(tree.frames[frame]!)
  const place = ({ frame }: FlameFunction) => placeText(tree.frames[frame]!, root)
  const full = (row: FlameFunction) => `${text(row)}\n${place(row)}`
  const width = narrow ? 92 : 130
  return [
    { id: 'name', title: cpu ? 'Function' : 'Span', width: 120, grow: 3, render: text, value: text, hint: full },
    ...(cpu && !narrow
      ? [
          {
            ...{ id: 'place', title: 'Place', width: 120, grow: 2, value: place, hint: place },
            render: (row: FlameFunction) => <code>{place(row) || tree.frames[row.frame]!.category}</code>,
          },
        ]
      : []),
    {
      ...{ id: 'self', title: 'Itself', width, align: 'number' },
      meaning: 'Time in which the function itself was executing, not what it called',
      render: ({ self }) => <ShareCell share={self / total}>{formatDuration(self)}</ShareCell>,
      value: ({ self }) => self,
      hint: ({ self, ownSamples }) => shareText(self / total, ownSamples, samples),
    },
    {
      ...{ id: 'inclusive', title: 'With callees', width: narrow ? 104 : width, align: 'number' },
      meaning: 'Time in which the function was on the stack; a recursive one counts once',
      render: ({ inclusive }) => <ShareCell share={inclusive / total}>{formatDuration(inclusive)}</ShareCell>,
      value: ({ inclusive }) => inclusive,
      hint: (row) => shareText(row.inclusive / total, row.samples, samples),
    },
    ...(cpu && !narrow
      ? [
          {
            ...{ id: 'samples', title: 'Samples', width: 76, align: 'number' as const },
            meaning: 'Samples in which the function was on the stack',
            render: (row: FlameFunction) => formatCount(row.samples),
            value: (row: FlameFunction) => row.samples,
          },
        ]
      : []),
  ]
}
