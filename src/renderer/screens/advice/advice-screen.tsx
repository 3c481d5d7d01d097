import './advice-screen.css'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { AdviceEntry } from '../../../protocol/index.ts'
import { useCall, useClient } from '../../app/studio-context.tsx'
import { goTo, routeStore } from '../../state/route.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Link } from '../../widgets/link.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Select } from '../../widgets/select.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { Toolbar } from '../../widgets/toolbar.tsx'
import { AdviceDetail } from './advice-detail.tsx'
import { AdviceList } from './advice-list.tsx'
import { sortAdvice } from './advice-wording.ts'
import { Ledger } from './ledger.tsx'

/** What do I do next, what will it bring — and, once applied, what did it bring? */
export default function AdviceScreen() {
  const workflow = useStore(routeStore, ({ route }) => route.query.workflow)
  const id = useStore(routeStore, ({ route }) => route.id)
  const advice = useCall('advice.list', {})
  const entries = useMemo(
    () => sortAdvice((advice.data ?? []).filter((entry) => workflow === undefined || entry.workflow === workflow)),
    [advice.data, workflow],
  )
  if (advice.error)
    return <Problem title="The advice could not be read" error={advice.error} onRetry={advice.refetch} />
  if (!advice.data) return <Loading />
  const show = (entry: AdviceEntry) =>
    goTo({ screen: 'advice', id: entry.id, ...(workflow === undefined ? {} : { query: { workflow } }) })
  const asked = id === undefined ? undefined : advice.data.find((entry) => entry.id === id)
  const selected = asked ?? (id === undefined ? entries[0] : undefined)
  return (
    <div className="advice-screen">
      <AdviceBar workflow={workflow} all={advice.data} />
      {entries.length === 0 ? (
        <EmptyState
          sentence="No advice yet. Strobe looks through recorded runs for what to change; choose a workflow above and let it look."
          action={<Link to={{ screen: 'workspace' }}>Show the workflows</Link>}
        />
      ) : (
        <Panes name="advice" direction="horizontal" sizes={[48, 52]} least={[320, 360]}>
          <Tabs
            name="advice"
            label="Recommendations"
            tabs={[
              {
                id: 'list',
                title: 'What to do',
                count: entries.filter(({ recommendation: { status } }) => status === 'open').length,
                content: <AdviceList entries={entries} selected={selected?.id} onSelect={show} />,
              },
              {
                id: 'ledger',
                title: 'Ledger',
                count: entries.filter(({ recommendation: { proof } }) => proof).length,
                content: <Ledger entries={entries} selected={selected?.id} onSelect={show} />,
              },
            ]}
          />
          {selected ? (
            <AdviceDetail key={selected.id} entry={selected} entries={advice.data} />
          ) : (
            <EmptyState
              sentence={`There is no recommendation ${id} in this workspace.`}
              action={<Link to={{ screen: 'advice' }}>Show the most promising one</Link>}
            />
          )}
        </Panes>
      )}
    </div>
  )
}

/** Which workflow the advice is for, and looking through its latest runs for more. */
function AdviceBar({ workflow, all }: { readonly workflow: string | undefined; readonly all: readonly AdviceEntry[] }) {
  const client = useClient()
  const cards = useCall('workflows.list', {})
  const [looking, setLooking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const names = [
    ...new Set([
      ...(cards.data ?? []).flatMap(({ name, runs }) => (name && runs > 0 ? [name] : [])),
      ...all.map((entry) => entry.workflow),
    ]),
  ].sort()
  const look = async () => {
    setLooking(true)
    setError(null)
    try {
      for (const name of workflow === undefined ? names : [workflow])
        await client.call('advice.find', { workflow: name })
    } catch (thrown) {
      setError(thrown)
    } finally {
      setLooking(false)
    }
  }
  return (
    <>
      <Toolbar label="Advice">
        <h1>Advice</h1>
        <Select
          label="Workflow"
          labelHidden
          value={workflow ?? ''}
          options={[{ value: '', title: 'All workflows' }, ...names.map((name) => ({ value: name, title: name }))]}
          onChange={(value) => goTo({ screen: 'advice', query: value === '' ? {} : { workflow: value } })}
        />
        <Button onClick={() => void look()} disabled={looking || names.length === 0}>
          {looking ? 'Looking…' : 'Look through the latest runs'}
        </Button>
      </Toolbar>
      {error !== null && <Problem title="The runs could not be looked through" error={error} onRetry={look} />}
    </>
  )
}
