import './cycle-screen.css'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { routeStore, select } from '../../state/route.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Section } from '../../widgets/section.tsx'
import type { CycleColumns, CycleHead } from '../../workers/topics/cycles.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { CycleHeader } from './cycle-header.tsx'
import { CyclePicker } from './cycle-picker.tsx'
import { IterationBar } from './iteration-bar.tsx'
import { IterationDifference } from './iteration-difference.tsx'
import { nearestPlace, wholeCycle, type Zoom, zoomWith } from './iteration-places.ts'
import { IterationTable } from './iteration-table.tsx'
import { MemoryChart } from './memory-chart.tsx'
import { MetricChart } from './metric-chart.tsx'
import { TimeChart } from './time-chart.tsx'

/** Did it converge, what did each iteration cost, what changed between two iterations? */
export default function CycleScreen() {
  const id = useStore(routeStore, ({ route }) => route.id)
  return id === undefined ? <CyclePicker /> : <CyclesOfRun id={id} />
}

function CyclesOfRun({ id }: { readonly id: string }) {
  const run = useCall('runs.get', { id })
  const record = run.data?.record ?? null
  const cycles = useTrace(run.data?.hasTrace ? record : null, 'cycles', 'list', [])
  const chosen = useStore(routeStore, ({ route }) => Number(route.query.cycle ?? 0))
  const error = run.error ?? cycles.error
  if (error) {
    return (
      <Problem
        title="The run could not be read"
        error={error}
        onRetry={run.refetch}
        action={<Link to={{ screen: 'cycle' }}>Show the latest cycles</Link>}
      />
    )
  }
  if (record && !run.data?.hasTrace)
    return (
      <NoCycle
        record={record}
        why="Nothing of its iterations is there: the run was made with capture off, or what it recorded is gone."
      />
    )
  if (!record || !cycles.data) return <Loading />
  const place = cycles.data[chosen] ? chosen : 0
  const head = cycles.data[place]
  if (!head) return <NoCycle record={record} why={`${record.workflow} has no cycle.`} />
  return <OneCycle key={`${id} ${place}`} record={record} heads={cycles.data} head={head} place={place} />
}

function NoCycle({ record, why }: { readonly record: RunRecord; readonly why: string }) {
  return <EmptyState sentence={why} action={<Link to={{ screen: 'run', id: record.id }}>Show the run</Link>} />
}

interface OneCycleProps {
  readonly record: RunRecord
  readonly heads: readonly CycleHead[]
  readonly head: CycleHead
  readonly place: number
}

function OneCycle({ record, heads, head, place }: OneCycleProps) {
  const columns = useTrace(record, 'cycles', 'columns', [place])
  return (
    <div className="cycle-screen">
      <CycleHeader
        record={record}
        heads={heads}
        head={head}
        place={place}
        onChoose={(next) => select({ cycle: String(next), a: undefined, b: undefined })}
      />
      {columns.error && <Problem title="The iterations could not be read" error={columns.error} />}
      {columns.data && columns.data.index.length === 0 && (
        <EmptyState sentence="No iteration ended: there is no data." />
      )}
      {columns.data && columns.data.index.length > 0 && (
        <Iterations record={record} head={head} place={place} columns={columns.data} />
      )}
    </div>
  )
}

interface IterationsProps extends Omit<OneCycleProps, 'heads'> {
  readonly columns: CycleColumns
}

function Iterations({ record, head, place, columns }: IterationsProps) {
  const count = columns.index.length
  const query = useStore(routeStore, ({ route }) => route.query)
  const first = placeIn(query.a, count)
  const second = placeIn(query.b, count)
  const [zoom, setZoom] = useState<Zoom>(wholeCycle)
  const choose = (at: number) => {
    select({ a: String(at) })
    setZoom((before) => zoomWith(before, at / Math.max(1, count - 1)))
  }
  const chart = {
    zoom,
    onZoom: (from: number, to: number) => setZoom(to - from > 0.999 ? wholeCycle : [from, to]),
    onPlace: (x: number) => choose(nearestPlace(columns, x)),
    guide: first === null ? null : columns.index[first]!,
  }
  const shared = { name: `cycle.${head.path}`, head, columns, selected: first, onChoose: choose, chart }
  return (
    <Panes name="cycle" direction="vertical" sizes={[52, 48]} least={[220, 160]}>
      <div className={head.metric ? 'cycle-charts cycle-charts-three' : 'cycle-charts'}>
        {head.metric && <MetricChart {...shared} />}
        <TimeChart {...shared} />
        <MemoryChart {...shared} />
      </div>
      <Panes name="cycle.below" direction="horizontal" sizes={[56, 44]} least={[300, 280]}>
        <Section
          fill
          title="Iterations"
          toolbar={<IterationBar {...{ record, columns, selected: first, zoom }} onChoose={choose} onZoom={setZoom} />}
        >
          <IterationTable {...shared} second={second} />
        </Section>
        <IterationDifference
          record={record}
          head={head}
          place={place}
          columns={columns}
          first={first}
          second={second}
          onChoose={(a, b) => select({ a: String(a), b: String(b) })}
        />
      </Panes>
    </Panes>
  )
}

/** The place that an address names, or null where it names none of `count`. */
function placeIn(text: string | undefined, count: number): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) && Number(text) < count ? Number(text) : null
}
