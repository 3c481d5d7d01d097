import { describe, expect, it } from 'vitest'
import { jumpListOf } from '../../src/main/jump-list.ts'
import { decideNavigation, externalUrl, isForeignRequest, isStudioPage } from '../../src/main/navigation-policy.ts'
import { unpackedFile } from '../../src/main/unpacked-file.ts'
import { windowOptions } from '../../src/main/window-options.ts'

describe('navigation', () => {
  it.each([
    // [address, in the window itself, in a frame of it]
    ['app://strobe/index.html', 'allow', 'deny'],
    ['app://strobe/index.html#/run/1', 'allow', 'deny'],
    ['app://strobe/assets/index-1.js', 'deny', 'deny'],
    ['app://strobe/blob/report-1', 'download', 'deny'],
    ['app://strobe/blob/report-1?preview', 'download', 'allow'],
    ['app://other/index.html', 'deny', 'deny'],
    ['app://user@strobe/index.html', 'deny', 'deny'],
    ['https://example.com/', 'ask', 'deny'],
    ['http://localhost/', 'ask', 'deny'],
    ['https://user:secret@example.com/', 'deny', 'deny'],
    ['file:///etc/passwd', 'deny', 'deny'],
    ['javascript:alert(1)', 'deny', 'deny'],
    ['JavaScript:alert(1)', 'deny', 'deny'],
    ['java\nscript:alert(1)', 'deny', 'deny'],
    ['data:text/html,x', 'deny', 'deny'],
    ['blob:app://strobe/1', 'deny', 'deny'],
    ['about:blank', 'deny', 'deny'],
    ['about:srcdoc', 'deny', 'deny'],
    ['ms-msdt:/id', 'deny', 'deny'],
    ['smb://host/share', 'deny', 'deny'],
    ['mailto:a@b.c', 'deny', 'deny'],
    ['', 'deny', 'deny'],
  ])('%s', (url, inWindow, inFrame) => {
    expect(decideNavigation(url, true)).toBe(inWindow)
    expect(decideNavigation(url, false)).toBe(inFrame)
    expect(isStudioPage(url)).toBe(inWindow === 'allow')
  })

  it('shows an address as it is, not as it would like to look', () => {
    expect(externalUrl('https://www.аpple.com/')).toBe('https://www.xn--pple-43d.com/')
    expect(externalUrl('  https://example.com/a b ')).toBe('https://example.com/a%20b')
    expect(externalUrl(`https://example.com/${'x'.repeat(3000)}`)).toBeUndefined()
  })
})

describe('requests', () => {
  it.each([
    ['https://example.com/', true],
    ['HTTP://localhost/', true],
    ['wss://example.com/', true],
    ['file:///etc/passwd', true],
    ['app://strobe/index.html', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['data:image/png;base64,', false],
    ['blob:app://strobe/1', false],
  ])('%s leave the app: %s', (url, foreign) => {
    expect(isForeignRequest(url)).toBe(foreign)
  })
})

describe('the window', () => {
  const state = { maximized: true, fullScreen: false, theme: 'dark' } as const
  const options = windowOptions({ preload: '/preload.cjs', place: { width: 900, height: 700 }, state, isDark: true })

  it('is sandboxed and isolated', () => {
    expect(options.webPreferences).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
  })

  it('is not shown before its page has painted, and has the colour of its page', () => {
    expect(options).toMatchObject({ show: false, width: 900, height: 700, minWidth: 800, minHeight: 500 })
    const light = windowOptions({ preload: '', place: { width: 1, height: 1 }, state, isDark: false })
    expect(light.backgroundColor).not.toBe(options.backgroundColor)
  })
})

describe('the list in the taskbar', () => {
  const program = 'C:\\Program Files\\Strobe\\Strobe.exe'

  it('opens folders, with arguments that stay one argument', () => {
    const [category] = jumpListOf(['C:\\work\\my shop\\', 'D:\\'], program)
    expect(category?.items?.map(({ title, args }) => [title, args])).toEqual([
      ['my shop', '"C:\\work\\my shop\\\\"'],
      ['D:', '"D:\\\\"'],
    ])
  })

  it('leaves out what could end the argument, and is empty where nothing was opened', () => {
    expect(jumpListOf([], program)).toEqual([])
    expect(jumpListOf(['C:\\a" --no-sandbox "'], program)).toEqual([])
  })
})

describe('where a file of the packaged app lies', () => {
  it.each([
    ['/opt/Strobe/resources/app.asar/out/main/runner.js', '/opt/Strobe/resources/app.asar.unpacked/out/main/runner.js'],
    ['C:\\Strobe\\resources\\app.asar\\out\\a.js', 'C:\\Strobe\\resources\\app.asar.unpacked\\out\\a.js'],
    ['/opt/x/app.asar.unpacked/out/main/runner.js', '/opt/x/app.asar.unpacked/out/main/runner.js'],
    ['/home/ada/strobe/out/main/runner.js', '/home/ada/strobe/out/main/runner.js'],
  ])('%s', (path, real) => {
    expect(unpackedFile(path)).toBe(real)
  })
})
