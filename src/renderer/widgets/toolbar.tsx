import './toolbar.css'
import type { ReactNode } from 'react'

interface ToolbarProps {
  /** What its controls are for, for whoever hears it. */
  readonly label: string
  /** Stands at the far end. */
  readonly end?: ReactNode
  readonly children?: ReactNode
}

/** A row of controls above what they control. */
export function Toolbar({ label, end, children }: ToolbarProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields of a form; these are no form
    <div className="toolbar" role="group" aria-label={label}>
      {children}
      {end && <div className="toolbar-end">{end}</div>}
    </div>
  )
}
