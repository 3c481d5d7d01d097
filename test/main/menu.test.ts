import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { acceleratorOf } from '../../src/main/accelerator.ts'
import { type MenuContext, menuTemplate } from '../../src/main/menu-template.ts'
import { commandTable } from '../../src/protocol/index.ts'

const context: MenuContext = { platform: 'linux', isDeveloper: false, recent: [] }
const noActions = { command: () => {}, openFolder: () => {}, reload: () => {}, showLogs: () => {} }

function itemsOf(changes: Partial<MenuContext> = {}, actions = noActions): MenuItemConstructorOptions[] {
  const flatten = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])
  return flatten(menuTemplate({ ...context, ...changes }, actions))
}

const platforms = ['linux', 'win32', 'darwin'] as const
type Click = () => void

describe.each(platforms)('the menu on %s', (platform) => {
  it('has exactly the commands of the table, each once, with their titles', () => {
    const commands = itemsOf({ platform }).filter(({ id }) => id !== undefined)
    const shown = commands.map(({ id, label }) => [id, label?.replaceAll('&&', '&')])
    expect(new Set(shown.map(([id]) => id)).size).toBe(commandTable.length)
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(commandTable.map(({ id, title }) => [id, title])))
  })

  it('registers no key: the page hears them itself', () => {
    const keyed = itemsOf({ platform }).filter(({ accelerator }) => accelerator !== undefined)
    expect(keyed.length).toBeGreaterThan(10)
    for (const { id, registerAccelerator } of keyed) expect(registerAccelerator, id).toBe(false)
  })

  it('gives no key of the table to a role of the platform, and reloads by none', () => {
    const items = itemsOf({ platform, isDeveloper: true })
    const roles = items.flatMap(({ role }) => role ?? [])
    expect(roles).not.toContain('reload')
    expect(roles).not.toContain('forceReload')
    expect(roles).not.toContain('viewMenu')
    expect(roles).not.toContain('fileMenu')
    const ofRoles = ['Z', 'Y', 'X', 'C', 'V', 'A', 'W', 'Q', 'M', 'H', '0', 'Plus', '-'].map(
      (key) => `CommandOrControl+${key}`,
    )
    for (const { accelerator } of items) expect(ofRoles).not.toContain(accelerator)
  })

  it('has developer tools only where it runs from its sources', () => {
    expect(itemsOf({ platform }).some(({ role }) => role === 'toggleDevTools')).toBe(false)
    expect(itemsOf({ platform, isDeveloper: true }).some(({ role }) => role === 'toggleDevTools')).toBe(true)
  })
})

describe('choosing in the menu', () => {
  it('tells the command', () => {
    const command = vi.fn()
    const items = itemsOf({}, { ...noActions, command })
    for (const { id, click } of items) if (id !== undefined) (click as Click)()
    expect(command.mock.calls.map(([id]) => id).toSorted()).toEqual(commandTable.map(({ id }) => id).toSorted())
  })

  it('opens a folder that was open before', () => {
    const openFolder = vi.fn()
    const recent = Array.from({ length: 20 }, (_, index) => `/work/a&b-${index}`)
    const items = itemsOf({ recent }, { ...noActions, openFolder })
    const folders = items.filter(({ label }) => label?.startsWith('/work/'))
    expect(folders).toHaveLength(10)
    expect(folders[0]?.label).toBe('/work/a&&b-0')
    ;(folders[1]!.click as Click)()
    expect(openFolder).toHaveBeenCalledExactlyOnceWith('/work/a&b-1')
  })

  it('offers no empty list of folders', () => {
    const isEnabled = (recent: string[]) => itemsOf({ recent }).find(({ label }) => label === 'Open recent')?.enabled
    expect(isEnabled([])).toBe(false)
    expect(isEnabled(['/work'])).toBe(true)
  })
})

describe('keys in the menu', () => {
  it.each([
    ['Mod+O', 'CommandOrControl+O'],
    ['Mod+Shift+N', 'CommandOrControl+Shift+N'],
    ['Mod+.', 'CommandOrControl+.'],
    ['Alt+ArrowLeft', 'Alt+Left'],
    ['Ctrl+k', 'Ctrl+K'],
    // Typing them into a field must not do anything, and what is typed in turn no menu can show.
    ['/', undefined],
    ['?', undefined],
    ['Shift+A', undefined],
    ['g w', undefined],
    ['Mod+K Mod+S', undefined],
    [undefined, undefined],
  ])('%s → %s', (keys, accelerator) => {
    expect(acceleratorOf(keys)).toBe(accelerator)
  })
})
