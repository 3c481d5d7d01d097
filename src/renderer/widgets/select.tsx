import './select.css'
import { Select as Base } from '@base-ui/react/select'
import type { ReactNode } from 'react'

/** Something to choose. */
export interface Option<Value extends string> {
  readonly value: Value
  readonly title: string
  /** What choosing it means, under the title. */
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

interface SelectProps<Value extends string> {
  readonly label: string
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  /** What stands there while nothing is chosen. */
  readonly placeholder?: string
  /** The label is only heard: in bars, where the value says what it is. */
  readonly labelHidden?: boolean
  readonly disabled?: boolean
}

/** One of several, in a list that opens. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, options, value, onChange, placeholder, labelHidden = false, disabled = false } = props
  const items = options.map(({ value, title }) => ({ value, label: title }))
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={disabled}
      modal={false}
      onValueChange={(chosen) => chosen !== null && onChange(chosen as Value)}
    >
      <div className="select">
        <Base.Label className={labelHidden ? 'visually-hidden' : 'select-label'}>{label}</Base.Label>
        <Base.Trigger className="select-trigger">
          <Base.Value {...(placeholder === undefined ? {} : { placeholder })} />
          <span className="select-arrow" aria-hidden="true" />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner className="menu-positioner" sideOffset={4} collisionPadding={8} alignItemWithTrigger={false}>
          <Base.Popup className="menu select-popup">
            <Base.List>
              {options.map(({ value: own, title, hint, disabled: off = false }) => (
                <Base.Item key={own} value={own} disabled={off} className="menu-item select-item">
                  <Base.ItemIndicator className="select-mark">✓</Base.ItemIndicator>
                  <Base.ItemText className="select-text">{title}</Base.ItemText>
                  {hint && <span className="select-hint">{hint}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
