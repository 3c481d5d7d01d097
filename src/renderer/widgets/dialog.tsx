import './dialog.css'
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'

interface DialogProps {
  readonly title: string
  /** What it is about, in a sentence under the title. */
  readonly description?: ReactNode
  /** Told when it is dismissed: Escape, a click beside it, its own button. */
  readonly onClose: () => void
  /** `small` for a question, `large` for something to look through. */
  readonly size?: 'small' | 'medium' | 'large'
  /** Buttons; the one that does it comes last. */
  readonly footer?: ReactNode
  /** What has the focus at first; absent: the first field or button. */
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly children?: ReactNode
}

/** Something in front of the page that wants an answer. It is open as long as it is drawn. */
export function Dialog({ title, description, onClose, size = 'medium', footer, initialFocus, children }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className={`dialog dialog-${size}`} {...(initialFocus ? { initialFocus } : {})}>
          <header className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            {description && <Base.Description className="dialog-description">{description}</Base.Description>}
          </header>
          <div className="dialog-body">{children}</div>
          {footer && <footer className="dialog-footer">{footer}</footer>}
          {/* Last, so that the focus is first where something can be answered. */}
          <Base.Close className="dialog-close" aria-label="Close">
            ×
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
