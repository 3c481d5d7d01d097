import { type ComponentType, lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { closeDialog, dialogStore, type OpenDialog } from '../../state/dialogs.ts'
import { sessionStore } from '../../state/session.ts'
import { ErrorBoundary } from '../error-boundary.tsx'

/** What draws each dialog; fetched when it is first opened. Each closes itself by `closeDialog`. */
const components = {
  'open-folder': lazy(() => import('./open-folder-dialog.tsx')),
  job: lazy(() => import('./job-dialog.tsx')),
  trust: lazy(() => import('./trust-dialog.tsx')),
  keys: lazy(() => import('./keys-dialog.tsx')),
  palette: lazy(() => import('./command-palette.tsx')),
} as const

/** Whatever is open in front of the page. What runs code of a folder that is not trusted asks for trust first. */
export function Dialogs() {
  const dialog = useStore(dialogStore, (state) => state.dialog)
  const untrusted = useStore(sessionStore, ({ studio }) => studio?.workspace?.trusted === false)
  const workspace = useStore(sessionStore, ({ studio }) => studio?.workspace != null)
  if (dialog === null) return null
  const measures = dialog.kind === 'run' || dialog.kind === 'compare'
  const shown: OpenDialog =
    measures && !workspace
      ? { kind: 'open-folder', reason: 'What is to be measured lies in a folder: open it first.' }
      : measures && untrusted
        ? { kind: 'trust', next: dialog }
        : dialog
  const Component = (components as Partial<Record<OpenDialog['kind'], unknown>>)[
    shown.kind
  ] as ComponentType<OpenDialog>
  if (Component === undefined) return null
  return (
    <ErrorBoundary key={shown.kind} onDismiss={closeDialog}>
      <Suspense fallback={null}>
        <Component {...shown} />
      </Suspense>
    </ErrorBoundary>
  )
}
