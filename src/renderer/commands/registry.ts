import type { CommandId } from '../../protocol/index.ts'

/** What a command does, here and now. */
export type Action = () => unknown

const registered = new Map<CommandId, Action[]>()

/** Says what a command does as long as a screen is there, until the returned function is called; the latest wins. */
export function registerAction(id: CommandId, action: Action): () => void {
  const actions = registered.get(id) ?? []
  registered.set(id, [...actions, action])
  return () => registered.set(id, registered.get(id)!.toSpliced(registered.get(id)!.lastIndexOf(action), 1))
}

/** Whether something is there now that does a command. */
export function canRun(id: CommandId): boolean {
  return (registered.get(id)?.length ?? 0) > 0
}

/** Does a command; false where nothing does it here. */
export function runCommand(id: CommandId): boolean {
  const action = registered.get(id)?.at(-1)
  if (action === undefined) return false
  action()
  return true
}
