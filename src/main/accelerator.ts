/** Keys as the table of commands names them, where Electron's menus name them otherwise. */
const names: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
}

/**
 * What a menu shows beside a command: its keys in Electron's words. `undefined` where there are none that a menu may hold:
 * keys that are typed in turn, and single keys, which macOS would take from whoever types them into a field.
 */
export function acceleratorOf(keys: string | undefined): string | undefined {
  if (keys === undefined || keys.includes(' ')) return undefined
  const parts = keys.split('+')
  if (!parts.slice(0, -1).some((part) => part === 'Mod' || part === 'Ctrl' || part === 'Alt')) return undefined
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join('+')
}
