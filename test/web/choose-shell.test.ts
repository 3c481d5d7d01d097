import { describe, expect, it } from 'vitest'
import { chooseShell, type ShellFacts } from '../../scripts/choose-shell.mjs'

const desktop: ShellFacts = { hasPort: false, platform: 'linux', variables: { DISPLAY: ':0' }, isRoot: false }
const binary = '/electron/dist/electron'
const missing = 'getaddrinfo EAI_AGAIN github.com'

describe('the shell of npm start', () => {
  it.each<[string, Partial<ShellFacts>, object]>([
    ['Electron is there', { binary }, { shell: 'electron', binary }],
    ['Electron is there, on Wayland', { binary, variables: { WAYLAND_DISPLAY: 'w' } }, { shell: 'electron' }],
    ['Electron is there, on a Mac', { binary, platform: 'darwin', variables: {} }, { shell: 'electron' }],
    ['Electron is there, on Windows', { binary, platform: 'win32', variables: {} }, { shell: 'electron' }],
    ['root of a Mac', { binary, platform: 'darwin', variables: {}, isRoot: true }, { shell: 'electron' }],
    ['Electron may be fetched', {}, { shell: 'fetch-electron' }],
    ['Electron could not be fetched', { missing }, { shell: 'browser', why: expect.stringContaining(missing) }],
    ['Electron is there after all', { binary, missing }, { shell: 'electron' }],
    ['there is no screen', { binary, variables: {} }, { shell: 'browser', why: expect.stringContaining('no screen') }],
    ['the screen is empty', { binary, variables: { DISPLAY: '' } }, { shell: 'browser' }],
    ['root', { binary, isRoot: true }, { shell: 'browser', why: expect.stringContaining('root') }],
    ['root, without Electron', { isRoot: true }, { shell: 'browser', why: expect.stringContaining('root') }],
    ['the browser was asked for', { asked: 'browser', binary }, { shell: 'browser' }],
    ['a port was named', { hasPort: true, binary }, { shell: 'browser', why: expect.stringContaining('port') }],
    ['a port was named, and Electron', { hasPort: true, asked: 'electron', binary }, { shell: 'electron' }],
    ['Electron was asked for', { asked: 'electron' }, { shell: 'fetch-electron' }],
    ['Electron was asked for in vain', { asked: 'electron', missing }, { shell: 'none' }],
    ['Electron was asked for without a screen', { asked: 'electron', binary, variables: {} }, { shell: 'none' }],
  ])('where %s', (_what, facts, choice) => {
    expect(chooseShell({ ...desktop, ...facts })).toMatchObject(choice)
  })

  it('says why, in words that end the sentence "Opening the studio in the browser, …"', () => {
    const whys = [{ missing }, { isRoot: true }, { variables: {} }, { hasPort: true }, { asked: 'browser' as const }]
    for (const facts of whys) {
      expect(chooseShell({ ...desktop, ...facts })).toMatchObject({
        why: expect.stringMatching(/^as [a-z]|^as Electron/),
      })
    }
  })
})
