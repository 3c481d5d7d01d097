import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** What the place depends on, so that tests can say what there is. */
export interface DataDirectorySearch {
  readonly platform: NodeJS.Platform
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * The studio's own folder: recent workspaces, trust, the copy of the samples. `STROBE_DATA` where it is set; else what the platform
 * has for it, below which the desktop app keeps its own things too (Electron's `appData`), so that both shells know the same.
 */
export function dataDirectory(search: DataDirectorySearch = thisMachine()): string {
  const { platform, variables } = search
  const path = platform === 'win32' ? win32 : posix
  if (variables.STROBE_DATA) return path.resolve(variables.STROBE_DATA)
  return path.join(settingsFolder(search), 'strobe', 'studio')
}

function settingsFolder({ platform, variables, home }: DataDirectorySearch): string {
  if (platform === 'win32') return variables.APPDATA || win32.join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support')
  const named = variables.XDG_CONFIG_HOME ?? ''
  // Only an absolute one counts, as its specification has it.
  return posix.isAbsolute(named) ? named : posix.join(home, '.config')
}

function thisMachine(): DataDirectorySearch {
  return { platform: process.platform, variables: process.env, home: homedir() }
}
