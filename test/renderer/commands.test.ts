import { afterEach, describe, expect, it, vi } from 'vitest'
import { commandTable } from '../../src/protocol/index.ts'
import { readShellMessage } from '../../src/renderer/app/shell-messages.ts'
import { registerStudioActions } from '../../src/renderer/commands/actions.ts'
import { commandEntries, runEntries } from '../../src/renderer/commands/palette-entries.ts'
import { canRun, registerAction, runCommand } from '../../src/renderer/commands/registry.ts'
import { closeDialog, dialogStore } from '../../src/renderer/state/dialogs.ts'
import { preferencesStore } from '../../src/renderer/state/preferences.ts'
import { FakeStudio } from './fake-studio.ts'

describe('commands', () => {
  afterEach(() => closeDialog())

  it('do something wherever one is, but for the search, which belongs to a screen', () => {
    const stop = registerStudioActions(new FakeStudio())
    expect(commandTable.filter(({ id }) => !canRun(id)).map(({ id }) => id)).toEqual(['view.find'])
    stop()
    expect(commandTable.filter(({ id }) => canRun(id))).toEqual([])
  })

  it('do what the screen that came last says, and again what they did when it is gone', () => {
    const [frame, screen] = [vi.fn(), vi.fn()]
    const stopFrame = registerAction('report.export', frame)
    const stopScreen = registerAction('report.export', screen)
    runCommand('report.export')
    expect([frame.mock.calls.length, screen.mock.calls.length]).toEqual([0, 1])
    stopScreen()
    runCommand('report.export')
    expect([frame.mock.calls.length, screen.mock.calls.length]).toEqual([1, 1])
    stopFrame()
    expect(runCommand('report.export')).toBe(false)
  })

  it('keep their order where one that registered first goes first', () => {
    const [first, second] = [vi.fn(), vi.fn()]
    const stopFirst = registerAction('view.find', first)
    const stopSecond = registerAction('view.find', second)
    stopFirst()
    runCommand('view.find')
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
    stopSecond()
    // Twice, as effects of React may.
    stopSecond()
    expect(canRun('view.find')).toBe(false)
  })

  it('open and close the list of keys and the log', () => {
    const stop = registerStudioActions(new FakeStudio())
    runCommand('help.keys')
    expect(dialogStore.getState().dialog).toEqual({ kind: 'keys' })
    runCommand('view.palette')
    expect(dialogStore.getState().dialog).toEqual({ kind: 'palette' })
    runCommand('view.palette')
    expect(dialogStore.getState().dialog).toBeNull()
    runCommand('view.log')
    expect(preferencesStore.getState().choices['frame.log']).toBe('shown')
    runCommand('view.log')
    expect(preferencesStore.getState().choices['frame.log']).toBe('hidden')
    stop()
  })

  it('are in the palette only where something does them', () => {
    expect(commandEntries()).toEqual([])
    const stop = registerStudioActions(new FakeStudio())
    expect(commandEntries().map(({ id }) => id)).not.toContain('view.find')
    expect(commandEntries().length).toBe(commandTable.length - 2)
    stop()
  })
})

describe('a run in the palette', () => {
  const run = {
    id: 'r1',
    workflow: 'orders',
    file: 'o',
    variant: 'baseline',
    startedAt: 0,
    capture: { level: 'off' },
  } as const

  it('says its time, or why it has none: never 0', () => {
    const [done, failed] = runEntries(
      [
        { ...run, reason: 'finished', value: 1.24e9 },
        { ...run, reason: 'timeout', value: null },
      ],
      0,
    )
    expect(done).toMatchObject({ title: 'orders · baseline', detail: '1.24 s, just now, r1' })
    expect(failed?.detail).toBe('timeout, just now, r1')
  })
})

describe('a message of the desktop shell', () => {
  it.each([
    [
      { strobe: 'command', id: 'view.log' },
      { strobe: 'command', id: 'view.log' },
    ],
    [
      { strobe: 'open-folder', path: '/home/ada' },
      { strobe: 'open-folder', path: '/home/ada' },
    ],
    [{ strobe: 'command', id: 'no.such' }, undefined],
    [{ strobe: 'command', id: ['view.log'] }, undefined],
    [{ strobe: 'open-folder', path: '' }, undefined],
    [{ strobe: 'open-folder', path: 7 }, undefined],
    [{ strobe: 'notify', title: 'a', body: 'b' }, undefined],
    ['engine-port', undefined],
    [null, undefined],
  ])('%j is %j', (data, message) => {
    expect(readShellMessage(data)).toEqual(message)
  })
})
