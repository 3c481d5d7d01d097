import { createStore } from 'zustand/vanilla'

/** What is open in front of the page: at most one thing, drawn by the frame. */
export type OpenDialog =
  /** Run a workflow: which, or which to choose first. */
  | { readonly kind: 'run'; readonly file?: string }
  /** A new experiment. */
  | { readonly kind: 'compare'; readonly file?: string }
  | { readonly kind: 'open-folder'; readonly path?: string }
  /** Whether the open folder's code may run; `then` is gone on with once it may. */
  | { readonly kind: 'trust'; readonly then?: OpenDialog }
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
