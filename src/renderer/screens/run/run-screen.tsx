import './run-screen.css'
import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { Timeline } from '../../charts/timeline/timeline.tsx'
import { routeStore } from '../../state/route.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { RunAbout } from './run-about.tsx'
import { RunAgain } from './run-actions.tsx'
import { RunHeader } from './run-header.tsx'
import { RunPicker } from './run-picker.tsx'
import { RunTabs } from './run-tabs.tsx'
import { SpanLinks } from './span-links.tsx'
import { changeSelection, useSelection } from './use-selection.ts'

/** Where did the time go? */
export default function RunScreen() {
  const id = useStore(routeStore, ({ route }) => route.id)
  return id === undefined ? <RunPicker /> : <OneRun key={id} id={id} />
}

function OneRun({ id }: { readonly id: string }) {
  const run = useCall('runs.get', { id })
  if (run.error) return <Problem title="The run could not be read" error={run.error} onRetry={run.refetch} />
  if (!run.data) return <Loading />
  const { record, hasTrace } = run.data
  return (
    <div className="run-screen">
      <RunHeader record={record} hasTrace={hasTrace} />
      {hasTrace ? (
        <Panes name="run" direction="vertical" sizes={[57, 43]} least={[200, 120]}>
          <TimelinePane record={record} />
          <RunTabs record={record} />
        </Panes>
      ) : (
        <WithoutTrace record={record} />
      )}
    </div>
  )
}

/** Of a thread that was killed nothing says whether a node began: what it held in memory is gone with it. */
const noSpans =
  'There are no spans of this run: it ended before its first node began, or before it could hand over what it had recorded.'

/** The run over time. What is selected in it is in the address. */
function TimelinePane({ record }: { readonly record: RunRecord }) {
  const { range, span, node } = useSelection()
  const model = useTrace(record, 'timeline', 'model', [])
  if (model.error) return <Problem title="The trace could not be read" error={model.error} onRetry={model.refetch} />
  if (!model.data) return <Loading label="Reading the trace…" />
  if (model.data.lanes.length === 0) {
    return <EmptyState sentence={noSpans} />
  }
  return (
    <Timeline
      record={record}
      model={model.data}
      range={range}
      span={span}
      node={node}
      onRange={(next) => changeSelection({ range: next })}
      onSpan={(next) => changeSelection({ span: next })}
      onNode={(path) => changeSelection({ node: path === node ? null : path })}
      linksOf={(details) => <SpanLinks details={details} />}
    />
  )
}

function WithoutTrace({ record }: { readonly record: RunRecord }) {
  const isGoingOn = record.reason === 'running'
  const sentence = isGoingOn
    ? 'It is still running. What it recorded is shown as soon as it has ended.'
    : record.capture.level === 'off'
      ? 'Nothing was recorded of this run: its capture level was off.'
      : 'Nothing of what this run recorded is there any more.'
  return (
    <div className="run-without-trace">
      <EmptyState sentence={sentence} action={isGoingOn ? undefined : <RunAgain record={record} standard />} />
      <RunAbout record={record} />
    </div>
  )
}
