import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { routeStore, select } from '../../state/route.ts'
import { type Tab, Tabs } from '../../widgets/tabs.tsx'
import { CallsTab } from './calls-tab.tsx'
import { FlameTab } from './flame-tab.tsx'
import { GraphTab } from './graph-tab.tsx'
import { LogTab } from './log-tab.tsx'
import { NodesTab } from './nodes-tab.tsx'
import { ResultTab } from './result-tab.tsx'
import { SourceTab } from './source-tab.tsx'

/** The views of a run below its timeline, each of what is selected in it. Which one is looked at is in the address. */
export function RunTabs({ record }: { readonly record: RunRecord }) {
  const tab = useStore(routeStore, ({ route }) => route.query.tab)
  const tabs: readonly Tab[] = [
    { id: 'nodes', title: 'Nodes', content: <NodesTab record={record} /> },
    { id: 'calls', title: 'Calls', content: <CallsTab record={record} /> },
    { id: 'flame', title: 'Flame graph', content: <FlameTab record={record} /> },
    { id: 'graph', title: 'Graph', content: <GraphTab record={record} /> },
    { id: 'source', title: 'Source', content: <SourceTab record={record} /> },
    { id: 'log', title: 'Log', content: <LogTab record={record} /> },
    { id: 'result', title: 'Result', content: <ResultTab record={record} /> },
  ]
  return (
    <Tabs
      name="run"
      label="Views of the run"
      tabs={tabs}
      {...(tab === undefined ? {} : { value: tab })}
      onChange={(id) => select({ tab: id })}
    />
  )
}
