import type { MenuItemConstructorOptions } from 'electron'
import { type CommandEntry, type CommandId, commandTable } from '../protocol/index.ts'
import { acceleratorOf } from './accelerator.ts'

/** What choosing something in the menu does. */
export interface MenuActions {
  readonly command: (id: CommandId) => void
  readonly openFolder: (path: string) => void
  readonly reload: () => void
  readonly showLogs: () => void
}

export interface MenuContext {
  readonly platform: NodeJS.Platform
  /** Whether this runs from its sources: then there are developer tools. */
  readonly isDeveloper: boolean
  /** Folders that were opened, latest first. */
  readonly recent: readonly string[]
}

type Item = MenuItemConstructorOptions
type Group = CommandEntry['group']

const separator: Item = { type: 'separator' }
const mostRecent = 10

/** The window's menu: the commands of the one table, and what the platform expects besides. */
export function menuTemplate(context: MenuContext, actions: MenuActions): Item[] {
  const { platform, isDeveloper } = context
  const isMac = platform === 'darwin'
  const commands = (group: Group) => commandItems(group, actions)
  const developer: Item[] = isDeveloper
    ? [separator, { label: 'Load the window again', click: actions.reload }, { role: 'toggleDevTools' }]
    : []
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      label: '&File',
      submenu: [...withRecent(commands('File'), context, actions), separator, { role: isMac ? 'close' : 'quit' }],
    },
    { role: 'editMenu' },
    { label: '&Go', submenu: commands('Go') },
    { label: '&Measure', submenu: commands('Measure') },
    {
      label: '&View',
      submenu: [
        ...commands('View'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ...commands('Help'),
        separator,
        { label: 'Show logs and crash dumps', click: actions.showLogs },
        ...(isMac ? [] : [{ role: 'about' } satisfies Item]),
      ],
    },
  ]
}

function commandItems(group: Group, { command }: MenuActions): Item[] {
  return commandTable
    .filter((entry) => entry.group === group)
    .map((entry) => {
      const accelerator = acceleratorOf('keys' in entry ? entry.keys : undefined)
      return {
        id: entry.id,
        label: entry.title.replaceAll('&', '&&'),
        click: () => command(entry.id),
        // The page hears its keys itself, in every shell: here they are shown, and must not fire a second time. On macOS
        // the menu gets only what the page left alone.
        ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
      }
    })
}

/** The file commands with the folders that were opened before, right below "Open folder…". */
function withRecent(items: Item[], { recent }: MenuContext, { openFolder }: MenuActions): Item[] {
  const at = items.findIndex(({ id }) => id === ('workspace.open' satisfies CommandId)) + 1
  const folders = recent.slice(0, mostRecent).map((path) => ({
    label: path.replaceAll('&', '&&'),
    click: () => openFolder(path),
  }))
  const menu: Item = { label: 'Open recent', submenu: folders, enabled: folders.length > 0 }
  return items.toSpliced(at, 0, menu)
}
