import { type ComponentType, lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { closeDialog, dialogStore, type OpenDialog } from '../../state/dialogs.ts'
import { reportProblem } from '../../state/notices.ts'
import { sessionStore } from '../../state/session.ts'
import { ErrorBoundary } from '../error-boundary.tsx'

/** What draws each dialog; fetched when it is first opened. Each closes itself by `closeDialog`. */
const components = {
  run: lazy(() => import('../../screens/workspace/run-dialog.tsx')),
  compare: lazy(() => import('../../screens/workspace/new-experiment-dialog.tsx')),
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
  const Component = components[shown.kind] as ComponentType<OpenDialog>
  return (
    <ErrorBoundary key={shown.kind} onError={giveUp}>
      <Suspense fallback={null}>
        <Component {...shown} />
      </Suspense>
    </ErrorBoundary>
  )
}

/** A dialog that cannot be drawn must not keep the page from being used. */
function giveUp(error: Error): void {
  closeDialog()
  reportProblem(error, 'This dialog could not be drawn')
}
