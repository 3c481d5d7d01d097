import { useMemo } from 'react'
import { formatCount, formatDuration } from '../../../base/index.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import type { CycleColumns, CycleHead } from '../../workers/topics/cycles.ts'
import { rangeOf } from './cycle-axes.ts'
import { numberFormat, signedBytes } from './cycle-wording.ts'
import type { Zoom } from './iteration-places.ts'

/** What the views of a cycle share. */
export interface CycleViewProps {
  /** Under this name choices are remembered. */
  readonly name: string
  readonly head: CycleHead
  readonly columns: CycleColumns
  /** Place of the selected iteration. */
  readonly selected: number | null
  readonly onChoose: (place: number) => void
  /** What all charts share: the zoom, clicks beside the marks, and the line where the selected iteration is. */
  readonly chart: {
    readonly zoom: Zoom
    readonly onZoom: (from: number, to: number) => void
    readonly onPlace: (x: number) => void
    readonly guide: number | null
  }
}

/** What a picture of a cycle is drawn from. */
export type DrawnCycle = Pick<CycleViewProps, 'head' | 'columns'>

/** Columns of the table: all of them, or those that a picture shows. */
export type IterationColumn = 'metric' | 'duration' | 'cpu' | 'gc' | 'heap' | 'heapSum' | 'notes'

interface IterationTableProps extends CycleViewProps {
  readonly only?: readonly IterationColumn[]
  /** Place of the one that it is compared with. */
  readonly second?: number | null
}

/** Every iteration as a row; 100 000 of them are no more work than a hundred. */
export function IterationTable({ name, head, columns, selected, onChoose, only, second }: IterationTableProps) {
  const places = useMemo(() => Array.from(columns.index, (_, place) => place), [columns])
  const shown = useMemo(() => columnsOf(head, columns, second ?? null, only), [head, columns, second, only])
  return (
    <DataTable
      name={`${name}.${only?.join('-') ?? 'iterations'}`}
      label={`Iterations of ${head.path}`}
      columns={shown}
      rows={places}
      keyOf={String}
      selected={selected === null ? null : String(selected)}
      onSelect={onChoose}
      emptyText="No iteration ended."
    />
  )
}

function columnsOf(
  head: CycleHead,
  columns: CycleColumns,
  second: number | null,
  only: readonly IterationColumn[] | undefined,
): readonly Column<number>[] {
  const numbers = (
    id: IterationColumn & keyof CycleColumns,
    title: string,
    width: number,
    format: (value: number) => string,
    meaning: string,
  ): Column<number> => {
    const column = columns[id] as Float64Array
    const text = (place: number) => (Number.isNaN(column[place]) ? '–' : format(column[place]!))
    return { id, title, width, align: 'number', meaning, render: text, value: (place) => column[place]! }
  }
  const all: Column<number>[] = [
    numbers(
      'metric',
      head.metric?.name ?? 'Metric',
      100,
      numberFormat(...rangeOf(columns.metric)),
      'The metric after the iteration',
    ),
    numbers('duration', 'Wall time', 92, formatDuration, 'From the iteration’s start to its end'),
    numbers('cpu', 'CPU', 84, (cpu) => (cpu === 0 ? '< 1 step' : formatDuration(cpu)), cpuMeaning(head)),
    numbers('gc', 'GC', 84, formatDuration, 'Time in garbage collections'),
    numbers('heap', 'Heap', 92, signedBytes, 'Change of the used heap over the iteration'),
    numbers('heapSum', 'Heap so far', 100, signedBytes, 'Sum of the changes up to here'),
    {
      id: 'notes',
      title: 'Notes',
      width: 150,
      grow: 1,
      render: (place) => notesOf(columns, place, second),
      value: (place) => notesOf(columns, place, second),
    },
  ]
  const wanted = only ?? (['metric', 'duration', 'cpu', 'gc', 'heap', 'notes'] as const)
  return [
    {
      id: 'index',
      title: 'Iteration',
      width: 76,
      align: 'number',
      render: (place) => formatCount(columns.index[place]!),
      value: (place) => place,
    },
    ...all.filter(({ id }) => wanted.includes(id as IterationColumn) && (id !== 'metric' || head.metric !== null)),
  ]
}

/** What the column is; its clock moves in steps, and an iteration below one is no iteration without work. */
export function cpuMeaning({ cpuClock }: CycleHead): string {
  const step = cpuClock?.step == null ? '1 to 10 ms' : `about ${formatDuration(cpuClock.step)}`
  return `CPU time of the thread; its clock moves in steps of ${step}`
}

function notesOf(columns: CycleColumns, place: number, second: number | null): string {
  const same = columns.sameAs[place]!
  return [
    ...(place === second ? ['compared with'] : []),
    ...(columns.outlier[place] ? ['slower than the others by far'] : []),
    ...(same >= 0 ? [`same state as ${formatCount(columns.index[same]!)}`] : []),
  ].join(', ')
}
