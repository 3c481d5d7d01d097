import { type CommandEntry, type CommandId, commandTable } from '../../protocol/index.ts'
import { dialogStore } from '../state/dialogs.ts'
import { isMac, isPlainKey, StrokeFollower } from './keys.ts'
import { runCommand } from './registry.ts'

/** Commands that make sense while a dialog is open. */
const aboveDialogs: ReadonlySet<CommandId> = new Set(['view.palette', 'help.keys', 'measure.cancel', 'view.theme'])

/** Does commands by their keys: the one place that listens to the keyboard for the whole window. Returns what ends it. */
export function followKeys(): () => void {
  const plain = new Set(withKeys.filter(({ keys }) => isPlainKey(keys)).map(({ id }) => id))
  const follower = new StrokeFollower<CommandId>(withKeys, isMac())
  const onKeyDown = (event: KeyboardEvent) => {
    // Whoever took the key already (a table, a chart, a menu) has it.
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const id = follower.follow(event, event.timeStamp)
    if (id === undefined || (plain.has(id) && isTypedInto(event.target))) return
    if (dialogStore.getState().dialog !== null && !aboveDialogs.has(id)) return
    // Also where nothing does it here: the browser's own meaning of the key would surprise.
    event.preventDefault()
    runCommand(id)
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

const withKeys = commandTable.flatMap((entry: CommandEntry & { id: CommandId }) =>
  entry.keys === undefined ? [] : [{ id: entry.id, keys: entry.keys }],
)

/** Whether a plain key pressed there is text. */
function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true
  }
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
