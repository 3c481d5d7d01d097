import './report-screen.css'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useCall } from '../../app/studio-context.tsx'
import { preferencesStore } from '../../state/preferences.ts'
import { routeStore } from '../../state/route.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { ReportChooser } from './report-chooser.tsx'
import { ReportPreview } from './report-preview.tsx'
import { choiceOf, sectionsChoice } from './report-request.ts'

/** What do I send to my team? */
export default function ReportScreen() {
  const query = useStore(routeStore, ({ route }) => route.query)
  const experiments = useCall('experiments.list', { limit: 100 })
  const sections = useStore(preferencesStore, ({ choices }) => choices[sectionsChoice])
  const choice = useMemo(
    () => choiceOf(query, experiments.data?.rows ?? [], sections),
    [query, experiments.data, sections],
  )
  if (experiments.error) {
    return <Problem title="The experiments could not be read" error={experiments.error} onRetry={experiments.refetch} />
  }
  if (!experiments.data) return <Loading />
  const isEmpty = choice.experiments.length + choice.runs.length === 0
  if (isEmpty && experiments.data.total === 0) {
    return (
      <EmptyState
        sentence="A report is about an experiment or a run, and there is none yet."
        action={<Link to={{ screen: 'workspace' }}>Show the workflows</Link>}
      />
    )
  }
  return (
    <Panes name="report" direction="horizontal" sizes={[28, 72]} least={[280, 360]}>
      <ReportChooser choice={choice} experiments={experiments.data.rows} />
      {isEmpty ? (
        <EmptyState sentence="Choose an experiment for the report to be about." />
      ) : (
        <ReportPreview choice={choice} />
      )}
    </Panes>
  )
}
