import type { StudioClient, StudioState } from '../../protocol/index.ts'
import { closeDialog, openDialog } from './dialogs.ts'
import { reportProblem } from './notices.ts'
import { forgetPlaces } from './route.ts'
import { sessionStore } from './session.ts'

/** Opens a folder, and asks whether its code may run where nobody has said so yet. True when it is open. */
export async function openWorkspace(client: StudioClient, path: string): Promise<boolean> {
  return open(() => client.call('workspace.open', { path }), 'The folder could not be opened')
}

/** Opens the studio's own copy of the samples. */
export async function openSamples(client: StudioClient): Promise<boolean> {
  return open(() => client.call('workspace.openSamples', {}), 'The samples could not be opened')
}

/** Says whether the open folder's code may run. */
export async function trustWorkspace(client: StudioClient, trusted: boolean): Promise<boolean> {
  try {
    sessionStore.setState({ studio: await client.call('workspace.trust', { trusted }) })
    return true
  } catch (error) {
    reportProblem(error, 'The answer could not be kept')
    return false
  }
}

async function open(call: () => Promise<StudioState>, failure: string): Promise<boolean> {
  try {
    const studio = await call()
    sessionStore.setState({ studio })
    if (studio.workspace && !studio.workspace.trusted) openDialog({ kind: 'trust' })
    else closeDialog()
    return true
  } catch (error) {
    reportProblem(error, failure)
    return false
  }
}

/** Leaves the places of a workspace when another one is opened: its runs are not in the other. Returns what ends it. */
export function leaveWithWorkspace(): () => void {
  return sessionStore.subscribe(({ studio }, before) => {
    const [now, then] = [studio?.workspace?.path, before.studio?.workspace?.path]
    if (then === undefined || now === then) return
    sessionStore.setState({ live: new Map() })
    forgetPlaces()
  })
}
