import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { routeStore, select } from '../../state/route.ts'
import { type Tab, Tabs } from '../../widgets/tabs.tsx'
import { FlameTab } from './flame-tab.tsx'
import { ResultTab } from './result-tab.tsx'

interface RunTabsProps {
  readonly record: RunRecord
}

/** The views of a run below its timeline. Which one is looked at is in the address. */
export function RunTabs({ record }: RunTabsProps) {
  const tab = useStore(routeStore, ({ route }) => route.query.tab)
  const tabs: readonly Tab[] = [
    { id: 'flame', title: 'Flame graph', content: <FlameTab record={record} /> },
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
