import './activity.css'
import { useDeferredValue, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { formatCount } from '../../../base/index.ts'
import type { RunSummary, WorkflowCard } from '../../../protocol/index.ts'
import { goTo, routeStore, select } from '../../state/route.ts'
import { Button } from '../../widgets/button.tsx'
import { verdictWord } from '../../widgets/change.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { Checkbox } from '../../widgets/field.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import { Segments } from '../../widgets/segments.tsx'
import { Select } from '../../widgets/select.tsx'
import { Toolbar } from '../../widgets/toolbar.tsx'
import { experimentColumns, runColumns } from './activity-columns.tsx'
import { type ActivityFilter, any, filterOf, queryOf } from './activity-filter.ts'
import { usePagedRows } from './paged-rows.ts'
import { togglePicked } from './picked-advice.ts'
import { PickedRuns } from './picked-runs.tsx'

/** Everything that was ever measured here, latest first: runs or experiments, filtered and searched. */
export function ActivityList({ cards }: { readonly cards: readonly WorkflowCard[] }) {
  const query = useStore(routeStore, ({ route }) => route.query)
  const filter = useMemo(() => filterOf(query), [query])
  const change = (next: Partial<ActivityFilter>) => select(queryOf({ ...filter, ...next }))
  const workflows = [...new Set(cards.flatMap(({ name }) => (name === undefined ? [] : [name])))].sort()
  return (
    <div className="activity">
      <Toolbar
        label="Filter"
        end={
          <SearchField
            main
            label={filter.kind === 'runs' ? 'Search runs' : 'Search experiments'}
            value={filter.search}
            onChange={(search) => change({ search })}
          />
        }
      >
        <Segments
          label="What is listed"
          options={[
            { value: 'runs', title: 'Runs' },
            { value: 'experiments', title: 'Experiments' },
          ]}
          value={filter.kind}
          onChange={(kind) => change({ kind, outcome: any })}
        />
        <Select
          label="Workflow"
          labelHidden
          options={[{ value: any, title: 'All workflows' }, ...workflows.map((name) => ({ value: name, title: name }))]}
          value={filter.workflow}
          onChange={(workflow) => change({ workflow })}
        />
        <Select
          label="Outcome"
          labelHidden
          options={filter.kind === 'runs' ? reasonOptions : verdictOptions}
          value={filter.outcome}
          onChange={(outcome) => change({ outcome })}
        />
        {filter.kind === 'runs' && (
          <Checkbox label="With trials" checked={filter.trials} onChange={(trials) => change({ trials })} />
        )}
      </Toolbar>
      {filter.kind === 'runs' ? <Runs filter={filter} cards={cards} /> : <Experiments filter={filter} />}
    </div>
  )
}

interface ListProps {
  readonly filter: ActivityFilter
}

function Runs({ filter, cards }: ListProps & { readonly cards: readonly WorkflowCard[] }) {
  const [picked, setPicked] = useState<readonly RunSummary[]>([])
  const [selected, setSelected] = useState<string | null>(null)
  const search = useDeferredValue(filter.search)
  const rows = usePagedRows('runs.list', {
    ...(filter.workflow === any ? {} : { workflow: filter.workflow }),
    ...(filter.outcome === any ? {} : { reason: filter.outcome }),
    ...(filter.trials ? {} : { experiment: null }),
    ...(search === '' ? {} : { search }),
  })
  const columns = useMemo(
    () =>
      runColumns(
        new Set(picked.map(({ id }) => id)),
        (run) => setPicked((before) => togglePicked(before, run)),
        filter.trials,
      ),
    [picked, filter.trials],
  )
  if (rows.error) return <Problem title="The runs could not be listed" error={rows.error} onRetry={rows.retry} />
  const isFiltered = search !== '' || filter.workflow !== any || filter.outcome !== any
  return (
    <>
      <DataTable
        name="workspace.runs"
        label="Runs"
        columns={columns}
        count={rows.count}
        rowAt={rows.rowAt}
        onVisible={rows.onVisible}
        keyOf={({ id }) => id}
        selected={selected}
        onSelect={({ id }) => setSelected(id)}
        onOpen={({ id }) => goTo({ screen: 'run', id })}
        emptyText={rows.loading ? 'Loading…' : isFiltered ? <NothingFound what="run" /> : noRuns(filter, cards)}
        footer={rows.count > 0 ? countText(rows.count, 'run') : undefined}
      />
      <PickedRuns picked={picked} cards={cards} onClear={() => setPicked([])} />
    </>
  )
}

function Experiments({ filter }: ListProps) {
  const [selected, setSelected] = useState<string | null>(null)
  const search = useDeferredValue(filter.search)
  const rows = usePagedRows('experiments.list', {
    ...(filter.workflow === any ? {} : { workflow: filter.workflow }),
    ...(filter.outcome === any ? {} : { verdict: filter.outcome }),
    ...(search === '' ? {} : { search }),
  })
  const columns = useMemo(experimentColumns, [])
  if (rows.error) {
    return <Problem title="The experiments could not be listed" error={rows.error} onRetry={rows.retry} />
  }
  const isFiltered = search !== '' || filter.workflow !== any || filter.outcome !== any
  return (
    <DataTable
      name="workspace.experiments"
      label="Experiments"
      columns={columns}
      count={rows.count}
      rowAt={rows.rowAt}
      onVisible={rows.onVisible}
      keyOf={({ id }) => id}
      selected={selected}
      onSelect={({ id }) => setSelected(id)}
      onOpen={({ id }) => goTo({ screen: 'compare', id })}
      emptyText={
        rows.loading ? (
          'Loading…'
        ) : isFiltered ? (
          <NothingFound what="experiment" />
        ) : (
          'No experiments yet: “New experiment…” on a workflow’s card makes one.'
        )
      }
      footer={rows.count > 0 ? countText(rows.count, 'experiment') : undefined}
    />
  )
}

function NothingFound({ what }: { readonly what: string }) {
  return (
    <>
      <span>No {what} is like that.</span>
      <Button onClick={() => select({ search: undefined, workflow: undefined, outcome: undefined })}>Show all</Button>
    </>
  )
}

function noRuns({ trials }: ActivityFilter, cards: readonly WorkflowCard[]): string {
  return trials || cards.every(({ runs }) => runs === 0)
    ? 'No runs yet: “Run…” on a workflow’s card makes one.'
    : 'No runs outside of experiments yet; tick “With trials” to see those that belong to one.'
}

function countText(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}, latest first`
}

const reasonOptions = [
  { value: any, title: 'However it ended' },
  ...(
    [
      'finished',
      'failed',
      'cancelled',
      'timeout',
      'memory-limit',
      'exited',
      'crashed',
      'never-settled',
      'interrupted',
      'running',
    ] as const
  ).map((reason) => ({ value: reason as string, title: reason.replace('-', ' ') })),
]

const verdictOptions = [
  { value: any, title: 'Whatever its verdict' },
  ...(
    [
      'faster',
      'slower',
      'equivalent',
      'faster-maybe-negligible',
      'slower-maybe-negligible',
      'inconclusive',
      'different-result',
      'unreliable',
    ] as const
  ).map((verdict) => ({ value: verdict as string, title: verdictWord(verdict) })),
]
