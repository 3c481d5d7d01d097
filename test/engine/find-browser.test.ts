import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BrowserSearch, findBrowser } from '../../src/engine/find-browser.ts'

const machine = (
  programs: readonly string[],
  variables: BrowserSearch['variables'],
  platform: NodeJS.Platform = 'linux',
): BrowserSearch => ({ platform, variables, isProgram: (path) => programs.includes(path) })

const PATH = ['/bin', '/usr/bin'].join(delimiter)

describe('the browser that prints', () => {
  it.each([
    ['what STROBE_CHROMIUM names', { STROBE_CHROMIUM: '/own/chrome', CHROME_PATH: '/other', PATH }, '/own/chrome'],
    ['what CHROME_PATH names', { CHROME_PATH: '/other', PATH }, '/other'],
    ['a Chromium in PATH before a Chrome', { PATH }, join('/usr/bin', 'chromium')],
    [
      'the next one, where CHROME_PATH names nothing that is there',
      { CHROME_PATH: '/gone', PATH },
      '/usr/bin/chromium',
    ],
  ])('is %s', (_, variables, path) => {
    const programs = ['/own/chrome', '/other', '/bin/google-chrome', '/usr/bin/chromium']
    expect(findBrowser(machine(programs, variables))).toEqual({ path })
  })

  it('is the one that is installed where PATH has none', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findBrowser(machine([mac], { HOME: '/home/me', PATH }, 'darwin'))).toEqual({ path: mac })
    const windows = join('C:/Program Files (x86)', 'Microsoft', 'Edge', 'Application', 'msedge.exe')
    const variables = { 'PROGRAMFILES(X86)': 'C:/Program Files (x86)' }
    expect(findBrowser(machine([windows], variables, 'win32'))).toEqual({ path: windows })
  })

  it('is missing with a sentence that says what to do', () => {
    const none = findBrowser(machine([], { PATH }))
    expect(none).toMatchObject({ missing: expect.stringMatching(/no.*here\. Install .* STROBE_CHROMIUM/) })
    expect(findBrowser(machine([], {}))).toEqual(none)
  })

  it('is no other one where STROBE_CHROMIUM names what is not there', () => {
    const found = findBrowser(machine(['/usr/bin/chromium'], { STROBE_CHROMIUM: '/wrong', PATH }))
    expect(found).toMatchObject({ missing: expect.stringContaining('/wrong') })
  })
})
