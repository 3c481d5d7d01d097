import { describe, expect, it } from 'vitest'
import { dataDirectory } from '../../src/web/data-directory.ts'
import { browserCommand } from '../../src/web/open-browser.ts'

type Variables = Readonly<Record<string, string>>
const address = 'http://127.0.0.1:1/?token=a&b'

describe('the command that opens a browser', () => {
  it.each<[string, NodeJS.Platform, Variables, readonly string[] | undefined]>([
    ['a desktop', 'linux', { DISPLAY: ':0' }, ['xdg-open', address]],
    ['a desktop without X', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', address]],
    ['a terminal in an editor', 'linux', { BROWSER: '/opt/editor/open' }, ['xdg-open', address]],
    ['no screen', 'linux', {}, undefined],
    ['an empty screen', 'linux', { DISPLAY: '' }, undefined],
    ['a build', 'linux', { DISPLAY: ':99', CI: 'true' }, undefined],
    ['Linux in Windows', 'linux', { WSL_DISTRO_NAME: 'Debian' }, ['wslview', address]],
    ['BSD', 'freebsd', { DISPLAY: ':0' }, ['xdg-open', address]],
    ['a Mac', 'darwin', {}, ['open', address]],
    ['a Mac far away', 'darwin', { SSH_CONNECTION: '1 2 3 4' }, undefined],
    ['Windows', 'win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', address]],
    ['Windows far away', 'win32', { SSH_TTY: '/dev/pts/1' }, undefined],
    ['something else', 'aix', { DISPLAY: ':0' }, undefined],
  ])('on %s', (_what, platform, variables, command) => {
    expect(browserCommand(address, { platform, variables })).toEqual(command)
  })
})

describe("the studio's own folder", () => {
  it.each<[string, NodeJS.Platform, Variables, string, string]>([
    ['Linux', 'linux', {}, '/home/me', '/home/me/.config/strobe/studio'],
    ['Linux with a place for settings', 'linux', { XDG_CONFIG_HOME: '/etc/me' }, '/home/me', '/etc/me/strobe/studio'],
    ['Linux with no real one', 'linux', { XDG_CONFIG_HOME: 'here' }, '/home/me', '/home/me/.config/strobe/studio'],
    ['a Mac', 'darwin', {}, '/Users/me', '/Users/me/Library/Application Support/strobe/studio'],
    ['Windows', 'win32', { APPDATA: 'D:\\Me' }, 'C:\\Users\\me', 'D:\\Me\\strobe\\studio'],
    ['Windows without its variable', 'win32', {}, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Roaming\\strobe\\studio'],
    ['any, where it is named', 'linux', { STROBE_DATA: '/data' }, '/home/me', '/data'],
  ])('on %s', (_what, platform, variables, home, folder) => {
    expect(dataDirectory({ platform, variables, home })).toBe(folder)
  })
})
