import './menu.css'
import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { KeyCaps } from './key-caps.tsx'

/** Something to choose in a menu. */
export interface MenuItem {
  readonly id: string
  /** A verb first; ends with … where it asks for more. */
  readonly title: ReactNode
  /** Quieter, behind the title. */
  readonly detail?: ReactNode
  readonly keys?: string | undefined
  readonly disabled?: boolean
  /** Present where it can be on or off. */
  readonly checked?: boolean
  readonly onSelect: () => void
}

/** Items that belong together, perhaps under a word. */
export interface MenuGroup {
  readonly id: string
  readonly title?: string
  readonly items: readonly MenuItem[]
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly groups: readonly MenuGroup[]
  readonly align?: 'start' | 'end'
}

/** Commands behind a button. */
export function Menu({ trigger, groups, align = 'start' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="menu-positioner" align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className="menu">
            {groups
              .filter(({ items }) => items.length > 0)
              .map(({ id, title, items }) => (
                <Base.Group key={id} className="menu-group">
                  {title && <Base.GroupLabel className="menu-title">{title}</Base.GroupLabel>}
                  {items.map((item) => (
                    <Item key={item.id} {...item} />
                  ))}
                </Base.Group>
              ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Item({ title, detail, keys, disabled = false, checked, onSelect }: MenuItem) {
  const content = (
    <>
      <span className="menu-mark" aria-hidden="true">
        {checked ? '✓' : ''}
      </span>
      <span className="menu-item-title">{title}</span>
      {detail && <span className="menu-detail">{detail}</span>}
      {keys && <KeyCaps keys={keys} />}
    </>
  )
  if (checked === undefined) {
    return (
      <Base.Item className="menu-item" disabled={disabled} onClick={onSelect}>
        {content}
      </Base.Item>
    )
  }
  return (
    <Base.CheckboxItem
      className="menu-item"
      disabled={disabled}
      checked={checked}
      onCheckedChange={onSelect}
      closeOnClick
    >
      {content}
    </Base.CheckboxItem>
  )
}
