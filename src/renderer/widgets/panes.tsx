import './panes.css'
import { Children, Fragment, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { preferencesStore } from '../state/preferences.ts'

interface PanesProps {
  /** Under this name the sizes are remembered. */
  readonly name: string
  readonly direction: 'horizontal' | 'vertical'
  /** Sizes at first, in per cent, one for each child. */
  readonly sizes: readonly number[]
  /** Smallest sizes in pixels. */
  readonly least?: readonly number[]
  readonly children: ReactNode
}

/** Panes beside or above each other that can be resized by mouse and arrow keys, and remember it. */
export function Panes({ name, direction, sizes, least = [], children }: PanesProps) {
  const ids = Children.toArray(children).map((_, place) => `${name}-${place}`)
  const remembered = preferencesStore.getState().panes[name]
  const layout =
    remembered && ids.every((id) => id in remembered) && Object.keys(remembered).length === ids.length
      ? remembered
      : Object.fromEntries(ids.map((id, place) => [id, sizes[place] ?? 100 / ids.length]))
  return (
    <Group
      className="panes"
      id={name}
      orientation={direction}
      defaultLayout={layout}
      onLayoutChanged={(sizesNow, { isUserInteraction }) => {
        if (isUserInteraction) preferencesStore.setState(({ panes }) => ({ panes: { ...panes, [name]: sizesNow } }))
      }}
    >
      {Children.toArray(children).map((child, place) => (
        <Fragment key={ids[place]}>
          {place > 0 && <Separator className={`panes-separator panes-separator-${direction}`} aria-label="Resize" />}
          <Panel className="panes-pane" id={ids[place]!} minSize={`${least[place] ?? 80}px`}>
            {child}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}
