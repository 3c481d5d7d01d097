import { useMemo } from 'react'
import type { PartDifference } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatNumber } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { Button } from '../../widgets/button.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'
import type { CycleColumns, CycleHead, IterationDifference as Difference } from '../../workers/topics/cycles.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { numberFormat, signedBytes } from './cycle-wording.ts'
import { nearestTypical } from './iteration-places.ts'
import { cpuMeaning } from './iteration-table.tsx'

interface IterationDifferenceProps {
  readonly record: RunRecord
  readonly head: CycleHead
  /** Of the cycle's execution. */
  readonly place: number
  readonly columns: CycleColumns
  /** Places of the selected iteration and of the one that it is held against. */
  readonly first: number | null
  readonly second: number | null
  readonly onChoose: (first: number, second: number) => void
}

/** What changed between two iterations: their measures, and what their nodes and calls did. */
export function IterationDifference(props: IterationDifferenceProps) {
  const { record, head, place, columns, first, onChoose } = props
  const second = props.second ?? (first === null || first === 0 ? null : first - 1)
  const difference = useTrace(first === null || second === null ? null : record, 'cycles', 'compare', [
    place,
    second ?? 0,
    first ?? 0,
  ])
  if (first === null) {
    return (
      <EmptyState
        sentence="Choose an iteration to see what changed against another one."
        action={
          head.slowest[0] !== undefined && columns.index.length > 1 ? (
            <Button onClick={() => onChoose(head.slowest[0]!, nearestTypical(columns, head.slowest[0]!))}>
              Compare the slowest with a typical one
            </Button>
          ) : undefined
        }
      />
    )
  }
  const numberOf = (at: number) => formatCount(columns.index[at]!)
  return (
    <Section
      fill
      title={second === null ? `Iteration ${numberOf(first)}` : `Iteration ${numberOf(second)} → ${numberOf(first)}`}
    >
      <div className="iteration-difference-body">
        <Others {...props} first={first} />
        {second === null && (
          <EmptyState
            sentence={
              columns.index.length > 1
                ? 'Choose what to hold it against, above.'
                : 'There is no other iteration to hold it against.'
            }
          />
        )}
        {difference.error && <Problem error={difference.error} title="The iterations could not be compared" />}
        {second !== null && !difference.error && !difference.data && <Loading />}
        {second !== null && difference.data && <Sides record={record} head={head} difference={difference.data} />}
      </div>
    </Section>
  )
}

function Others(props: IterationDifferenceProps & { readonly first: number }) {
  const { head, columns, first, onChoose } = props
  if (columns.index.length < 2) return null
  const others: Array<readonly [title: string, place: number | undefined]> = [
    ['previous', first - 1],
    ['first', 0],
    ['best', head.metric?.bestAt],
    ['slowest', head.slowest[0]],
    ['typical', nearestTypical(columns, first)],
  ]
  const buttons = others.map(([title, place]) =>
    place === undefined || place < 0 || place === first ? null : (
      <Button
        key={title}
        kind="quiet"
        onClick={() => onChoose(first, place)}
        title={`Compare with the ${title} iteration, ${formatCount(columns.index[place] ?? place)}`}
        aria-pressed={props.second === place}
      >
        {title}
      </Button>
    ),
  )
  return (
    <div className="iteration-difference-others">
      <span className="quiet">Against</span>
      {buttons}
    </div>
  )
}

interface Measure {
  readonly title: string
  readonly of: (row: Difference['first']) => number | null
  readonly format: (value: number) => string
}

const measures: readonly Measure[] = [
  { title: 'Wall time', of: ({ duration }) => duration, format: formatDuration },
  { title: 'CPU', of: ({ cpu }) => cpu, format: (cpu) => (cpu === 0 ? '< 1 step' : formatDuration(cpu)) },
  { title: 'GC', of: ({ gc }) => gc, format: formatDuration },
  { title: 'Heap', of: ({ heap }) => heap, format: signedBytes },
  { title: 'Metric', of: ({ metric }) => metric, format: formatNumber },
]

function Sides({ record, head, difference }: { record: RunRecord; head: CycleHead; difference: Difference }) {
  const { first, second, parts, sameState } = difference
  const columns = useMemo(() => partColumns(), [])
  const values = [first.metric ?? 0, second.metric ?? 0]
  const metric = numberFormat(Math.min(...values), Math.max(...values))
  const shown = measures.filter(({ of }) => of(first) !== null && of(second) !== null)
  const range = { from: String(Math.floor(second.start)), to: String(Math.ceil(second.start + second.duration)) }
  return (
    <div className="iteration-difference">
      <table className="iteration-difference-measures">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Iteration {formatCount(first.index)}</th>
            <th scope="col">Iteration {formatCount(second.index)}</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ title, of, format }) => (
            <tr key={title}>
              <th scope="row" title={title === 'CPU' ? cpuMeaning(head) : undefined}>
                {title === 'Metric' ? (head.metric?.name ?? title) : title}
              </th>
              <td>{(title === 'Metric' ? metric : format)(of(first)!)}</td>
              <td>{(title === 'Metric' ? metric : format)(of(second)!)}</td>
              <td>{changeOf(title, of(first)!, of(second)!, format)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">
        {sameState === null
          ? 'Their states were not digested.'
          : sameState
            ? 'Both left the same state: the cycle goes round.'
            : 'They left different states.'}{' '}
        <Link to={{ screen: 'run', id: record.id, query: range }}>
          Show iteration {formatCount(second.index)} in the timeline
        </Link>
      </p>
      {parts === null ? (
        <p className="quiet">What happened inside was not recorded: no spans.</p>
      ) : (
        <DataTable
          name="cycle.parts"
          label="What nodes and calls did in both iterations"
          columns={columns}
          rows={parts}
          keyOf={({ kind, name, detail }) => `${kind} ${name} ${detail}`}
          emptyText="No node and no call was recorded in them."
        />
      )}
    </div>
  )
}

/** The change with its sign. Of CPU times below the clock's step there is none to tell. */
function changeOf(title: string, before: number, after: number, format: (value: number) => string): string {
  if (title !== 'CPU') return signed(after - before, format)
  return before === 0 || after === 0 ? '–' : signed(after - before, formatDuration)
}

function partColumns(): readonly Column<PartDifference>[] {
  const timeOf = (part: PartDifference['first']) => part?.time ?? 0
  const side = (part: PartDifference['first']) =>
    part ? `${formatDuration(part.time)}${part.count > 1 ? ` (${formatCount(part.count)}×)` : ''}` : '–'
  return [
    {
      id: 'name',
      title: 'Node or call',
      width: 130,
      grow: 1,
      render: ({ name, detail }) => (detail ? `${name} · ${detail}` : name),
      value: ({ name }) => name,
      hint: ({ name, detail }) => `${name} ${detail}`,
    },
    {
      id: 'first',
      title: 'Before',
      width: 96,
      align: 'number',
      render: ({ first }) => side(first),
      value: ({ first }) => timeOf(first),
    },
    {
      id: 'second',
      title: 'After',
      width: 96,
      align: 'number',
      render: ({ second }) => side(second),
      value: ({ second }) => timeOf(second),
    },
    {
      id: 'change',
      title: 'Change',
      width: 88,
      align: 'number',
      render: ({ first, second }) => signed(timeOf(second) - timeOf(first), formatDuration),
      value: ({ first, second }) => timeOf(second) - timeOf(first),
    },
  ]
}

function signed(value: number, format: (value: number) => string): string {
  const text = format(value)
  return value > 0 && !text.startsWith('+') ? `+${text}` : text
}
