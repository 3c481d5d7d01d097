import type { JumpListCategory } from 'electron'

const mostItems = 10

/** The list of the taskbar's menu on Windows: folders that were opened, latest first. `program`: this app's own file. */
export function jumpListOf(recent: readonly string[], program: string): JumpListCategory[] {
  // A path holds no quotes on Windows; one that does is no path, and would end the argument.
  const folders = recent.filter((path) => !path.includes('"')).slice(0, mostItems)
  if (folders.length === 0) return []
  const items = folders.map((path) => ({
    ...{ type: 'task' as const, program, iconPath: program, iconIndex: 0 },
    title: path.split(/[\\/]/).findLast((part) => part !== '') ?? path,
    description: path.slice(0, 260),
    // A backslash in front of the closing quote is taken for a part of the argument only where it is doubled.
    args: `"${path.replace(/\\+$/, '$&$&')}"`,
  }))
  return [{ type: 'custom', name: 'Recent folders', items }]
}
