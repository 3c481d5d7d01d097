import { createStore } from 'zustand/vanilla'

/** What is open in front of the page: at most one thing, drawn by the frame. */
export type OpenDialog =
  /** Run a workflow: which, or which to choose first. Drawn by `screens/workspace/run-dialog.tsx`. */
  | { readonly kind: 'run'; readonly file?: string }
  /** A new experiment, perhaps with variants ticked, the baseline first. Drawn by `screens/workspace/new-experiment-dialog.tsx`. */
  | { readonly kind: 'compare'; readonly file?: string; readonly variants?: readonly string[] }
  /** A folder to open: the one to begin at, and why it is asked for. */
  | { readonly kind: 'open-folder'; readonly path?: string; readonly reason?: string }
  /** What became of a job: its error, or what there is to do by hand. */
  | { readonly kind: 'job'; readonly id: string }
  /** Whether the open folder's code may run; `next` is gone on with once it may. */
  | { readonly kind: 'trust'; readonly next?: OpenDialog }
  | { readonly kind: 'keys' }
  | { readonly kind: 'palette' }

interface Dialogs {
  readonly dialog: OpenDialog | null
}

export const dialogStore = createStore<Dialogs>()(() => ({ dialog: null }))

/** Opens a dialog in place of the one that is open. */
export function openDialog(dialog: OpenDialog): void {
  dialogStore.setState({ dialog })
}

/** Closes what is open, or only a dialog of one kind. */
export function closeDialog(kind?: OpenDialog['kind']): void {
  if (kind === undefined || dialogStore.getState().dialog?.kind === kind) dialogStore.setState({ dialog: null })
}
