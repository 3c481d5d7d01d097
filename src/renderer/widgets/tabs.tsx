import './tabs.css'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { formatCount } from '../../base/index.ts'
import { choose, preferencesStore } from '../state/preferences.ts'

/** One view of several. */
export interface Tab {
  readonly id: string
  readonly title: string
  /** A number behind the title, such as how many findings there are. */
  readonly count?: number
  /** Drawn only while it is shown. */
  readonly content: ReactNode
}

interface TabsProps {
  /** Under this name it is remembered which one was looked at last. */
  readonly name: string
  /** What they are views of, for whoever hears it. */
  readonly label: string
  readonly tabs: readonly Tab[]
  /** Id of the one to show; absent: the last that was looked at, or the first. */
  readonly value?: string
  readonly onChange?: (id: string) => void
  /** Stands at the end of the row of titles. */
  readonly toolbar?: ReactNode
}

/** Views of which one is looked at. They fill their place; a view scrolls by itself. */
export function Tabs({ name, label, tabs, value, onChange, toolbar }: TabsProps) {
  const remembered = useStore(preferencesStore, ({ choices }) => choices[`${name}.tab`])
  const wanted = value ?? remembered
  const shown = tabs.find(({ id }) => id === wanted) ?? tabs[0]
  if (shown === undefined) return null
  const change = (id: string) => {
    choose(`${name}.tab`, id)
    onChange?.(id)
  }
  return (
    <Base.Root className="tabs" value={shown.id} onValueChange={change}>
      <div className="tabs-bar">
        <Base.List className="tabs-list" aria-label={label} activateOnFocus>
          {tabs.map(({ id, title, count }) => (
            <Base.Tab key={id} value={id} className="tabs-tab">
              {title}
              {count !== undefined && <span className="tabs-count">{formatCount(count)}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {toolbar && <div className="tabs-toolbar">{toolbar}</div>}
      </div>
      <Base.Panel key={shown.id} value={shown.id} className="tabs-panel">
        {shown.content}
      </Base.Panel>
    </Base.Root>
  )
}
