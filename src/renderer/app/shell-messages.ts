import { type CommandId, commandTable, type StudioClient } from '../../protocol/index.ts'
import { runCommand } from '../commands/registry.ts'
import { openDialog } from '../state/dialogs.ts'
import { openWorkspace } from '../state/workspace.ts'

/** What a desktop shell tells the page, as a message of the page's own window. */
export type ShellMessage =
  | { readonly strobe: 'command'; readonly id: CommandId }
  | { readonly strobe: 'open-folder'; readonly path: string }

/** The message that a value is; `undefined` for whatever is none. */
export function readShellMessage(data: unknown): ShellMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { strobe, id, path } = data as Record<string, unknown>
  if (strobe === 'open-folder' && typeof path === 'string' && path !== '') return { strobe, path }
  const command = strobe === 'command' ? commandTable.find((entry) => entry.id === id) : undefined
  return command && { strobe: 'command', id: command.id }
}

/** Does what a desktop shell asks for: commands of its menu, folders that were opened there. Returns what ends it. */
export function followShell(client: StudioClient): () => void {
  const onMessage = (event: MessageEvent) => {
    if (event.source !== window || event.origin !== location.origin) return
    const message = readShellMessage(event.data)
    if (message?.strobe === 'command') runCommand(message.id)
    if (message?.strobe === 'open-folder') void openWorkspace(client, message.path)
  }
  addEventListener('message', onMessage)
  return () => removeEventListener('message', onMessage)
}

/** Takes what is dropped on the window, so that the page is not left for it. Returns what ends it. */
export function followDrops(): () => void {
  const onOver = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  }
  const onDrop = (event: DragEvent) => {
    // A desktop shell has taken it, and opens the folder.
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    const name = event.dataTransfer.files[0]?.name
    const what = name === undefined ? 'it' : `“${name}”`
    openDialog({ kind: 'open-folder', reason: `A browser does not say where ${what} lies: choose the folder here.` })
  }
  addEventListener('dragover', onOver)
  addEventListener('drop', onDrop)
  return () => {
    removeEventListener('dragover', onOver)
    removeEventListener('drop', onDrop)
  }
}
