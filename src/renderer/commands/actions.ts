import type { CommandId, StudioClient } from '../../protocol/index.ts'
import { closeDialog, dialogStore, type OpenDialog, openDialog } from '../state/dialogs.ts'
import { cancelActiveJob } from '../state/jobs.ts'
import { isDark, preferencesStore } from '../state/preferences.ts'
import { goToScreen } from '../state/route.ts'
import { openSamples } from '../state/workspace.ts'
import { type Action, registerAction } from './registry.ts'

/** Commands that only a screen can do, while it is there: see {@link registerAction}. */
type ScreenCommand = 'view.find'

/** What the commands do wherever one is. A screen that registers its own action for one comes first. */
function studioActions(client: StudioClient): Readonly<Record<Exclude<CommandId, ScreenCommand>, Action>> {
  return {
    'workspace.open': chooseFolder,
    'workspace.samples': () => openSamples(client),
    'report.export': () => goToScreen('report'),
    'go.workspace': () => goToScreen('workspace'),
    'go.run': () => goToScreen('run'),
    'go.cycle': () => goToScreen('cycle'),
    'go.compare': () => goToScreen('compare'),
    'go.advice': () => goToScreen('advice'),
    'go.report': () => goToScreen('report'),
    'go.back': () => history.back(),
    'go.forward': () => history.forward(),
    'measure.run': () => openDialog({ kind: 'run' }),
    'measure.compare': () => openDialog({ kind: 'compare' }),
    'measure.cancel': () => cancelActiveJob(client),
    'view.palette': () => toggleDialog('palette'),
    'view.theme': () => preferencesStore.setState({ theme: isDark() ? 'light' : 'dark' }),
    'view.log': toggleLog,
    'help.keys': () => toggleDialog('keys'),
  }
}

/** Registers what the commands do, until the returned function is called. */
export function registerStudioActions(client: StudioClient): () => void {
  const stops = Object.entries(studioActions(client)).map(([id, action]) => registerAction(id as CommandId, action))
  return () => {
    for (const stop of stops) stop()
  }
}

/** Lets the system's own dialog ask for a folder where a shell has one, and the page's where none has. */
function chooseFolder(): void {
  const taken = !dispatchEvent(new Event('strobe-choose-folder', { cancelable: true }))
  if (!taken) openDialog({ kind: 'open-folder' })
}

/** Shows or hides the log. */
function toggleLog(): void {
  preferencesStore.setState(({ choices }) => ({
    choices: { ...choices, 'frame.log': choices['frame.log'] === 'shown' ? 'hidden' : 'shown' },
  }))
}

function toggleDialog(kind: 'palette' | 'keys'): void {
  const dialog: OpenDialog = { kind }
  if (dialogStore.getState().dialog?.kind === kind) closeDialog()
  else openDialog(dialog)
}
