import './compare-screen.css'
import { type ReactNode, useMemo } from 'react'
import { useStore } from 'zustand'
import type { ExperimentRecord } from '../../../analysis/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { routeStore, select } from '../../state/route.ts'
import { sessionStore } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Select } from '../../widgets/select.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { DiagnosticsTab } from './diagnostics-tab.tsx'
import { DistributionChart } from './distribution-chart.tsx'
import { ExperimentHeader } from './experiment-header.tsx'
import { ExperimentPicker } from './experiment-picker.tsx'
import { chosenVariant, sectionOf } from './experiment-section.ts'
import { FunctionsTab } from './functions-tab.tsx'
import { MetricsTab } from './metrics-tab.tsx'
import { NodesTab } from './nodes-tab.tsx'
import { RankingTable } from './ranking-table.tsx'
import { TrialsChart } from './trials-chart.tsx'

/** Which variant is faster, by how much, how sure are we, and which function made the difference? */
export default function CompareScreen() {
  const id = useStore(routeStore, ({ route }) => route.id)
  return id === undefined ? <ExperimentPicker /> : <OneExperiment id={id} />
}

function OneExperiment({ id }: { readonly id: string }) {
  const stored = useCall('experiments.get', { id })
  const live = useStore(sessionStore, (session) => session.live.get(id))
  // What was told last: while it goes on that is the event, afterwards what was stored.
  const record = live && (live.status === 'running' || stored.data?.status === 'running') ? live : stored.data
  if (stored.error && !record) {
    return (
      <Problem
        title="The experiment could not be read"
        error={stored.error}
        onRetry={stored.refetch}
        action={<Link to={{ screen: 'compare' }}>Show all experiments</Link>}
      />
    )
  }
  if (!record) return <Loading />
  return <Comparison record={record} />
}

function Comparison({ record }: { readonly record: ExperimentRecord }) {
  const section = useMemo(() => sectionOf(record), [record])
  const asked = useStore(routeStore, ({ route }) => route.query.variant)
  const variant = chosenVariant(section, asked)
  const isEmpty = section.trials.length === 0
  const warnings = section.flags.filter(({ severity }) => severity === 'warning').length
  // As high as its rows, while there is room for the pictures below.
  const ranking = Math.min(38, 18 + 3 * section.ranking.length)
  const pick =
    section.variants.length > 2 ? (
      <Select
        label="Variant that is held against the baseline"
        labelHidden
        value={section.variants[variant]!.name}
        options={section.variants.slice(1).map(({ name }) => ({ value: name, title: name }))}
        onChange={(name) => select({ variant: name })}
      />
    ) : undefined
  return (
    <div className="compare-screen">
      <ExperimentHeader record={record} section={section} />
      <Panes name="compare" direction="vertical" sizes={[ranking, 100 - ranking]} least={[172, 200]}>
        <RankingTable section={section} chosen={variant} onChoose={(name) => select({ variant: name })} />
        {isEmpty ? (
          <EmptyState sentence="No trial has ended yet; the first ones warm up and do not count." />
        ) : (
          <Tabs
            name="compare"
            label="Views of the experiment"
            toolbar={pick}
            tabs={[
              {
                id: 'trials',
                title: 'Trials',
                content: (
                  <Panes name="compare.trials" direction="horizontal" sizes={[62, 38]} least={[300, 220]}>
                    <TrialsChart section={section} />
                    <DistributionChart section={section} />
                  </Panes>
                ),
              },
              {
                id: 'nodes',
                title: 'Nodes',
                content: (
                  <TracedTab record={record}>
                    <NodesTab section={section} variant={variant} />
                  </TracedTab>
                ),
              },
              {
                id: 'functions',
                title: 'Functions',
                content: (
                  <TracedTab record={record}>
                    <FunctionsTab section={section} variant={variant} />
                  </TracedTab>
                ),
              },
              { id: 'metrics', title: 'Other metrics', content: <MetricsTab section={section} /> },
              {
                id: 'diagnostics',
                title: 'Diagnostics',
                ...(warnings > 0 ? { count: warnings } : {}),
                content: <DiagnosticsTab record={record} section={section} />,
              },
            ]}
          />
        )}
      </Panes>
    </div>
  )
}

/** What needs the traces of trials: there are none of commands, and while trials run, reading them would disturb those. */
function TracedTab({ record, children }: { readonly record: ExperimentRecord; readonly children: ReactNode }) {
  if (record.settings.commands) {
    return <EmptyState sentence="Commands are timed from outside: what happens inside of them is not recorded." />
  }
  if (record.status === 'running') {
    return (
      <EmptyState sentence="As soon as it has ended: reading the traces of trials now would disturb those that run." />
    )
  }
  return children
}
