import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeContents, type FakeElectron, FakeSession, fakeElectron } from './fake-electron.ts'

// Electron itself is not needed, and not there, where these run: what is checked is which guard is put where, and what is told to whom.

let appData: string
const { argv } = process
const strayEvents = ['uncaughtException', 'unhandledRejection'] as const
let ownListeners: Array<(...values: never[]) => void> = []

beforeEach(() => {
  appData = mkdtempSync(join(tmpdir(), 'strobe-main-'))
  process.argv = ['electron', '.']
  vi.stubEnv('STROBE_DATA', undefined)
  ownListeners = strayEvents.flatMap((event) => process.listeners(event as 'exit'))
})
afterEach(() => {
  process.argv = argv
  for (const event of strayEvents) {
    const added = process.listeners(event as 'exit').filter((listener) => !ownListeners.includes(listener))
    for (const listener of added) process.off(event, listener)
  }
  vi.unstubAllEnvs()
  rmSync(appData, { recursive: true, force: true })
})

async function startMain(
  options: { hasLock?: boolean; isPackaged?: boolean; switches?: Record<string, string> } = {},
): Promise<FakeElectron> {
  const electron = fakeElectron({ appData, ...options })
  vi.resetModules()
  vi.doMock('electron', () => electron.module)
  await import('../../src/main/index.ts')
  await vi.waitFor(() => expect(electron.calls.at(-1)).toMatch(/^load|^quit/))
  return electron
}

/** Says something as the page of the window does, or as `sender` does. */
function say(
  { module, windows }: FakeElectron,
  message: unknown,
  sender?: { contents?: FakeContents; frame?: object },
) {
  const contents = sender?.contents ?? windows[0]!.webContents
  module.ipcMain.emit('page', { sender: contents, senderFrame: sender?.frame ?? contents.mainFrame }, message)
}

const toPage = ({ windows }: FakeElectron) => windows[0]!.webContents.send.mock.calls
const portsOf = ({ windows }: FakeElectron) => windows[0]!.webContents.postMessage.mock.calls
/** A navigation that can be prevented, as Electron gives it. */
const navigation = (url: string, isMainFrame = true) => ({ url, isMainFrame, preventDefault: vi.fn() })

describe('the start of the main process', () => {
  it('settles crash dumps, the scheme and the sandbox before it is ready, then starts the engine and one window', async () => {
    const { calls, windows, forks, module } = await startMain()
    expect(calls).toEqual([
      'crashReporter false',
      'registerSchemes',
      'enableSandbox',
      'whenReady',
      'fork',
      'load app://strobe/index.html',
    ])
    expect(module.app.setPath.mock.calls).toEqual([
      ['userData', join(appData, 'strobe')],
      ['crashDumps', join(appData, 'strobe', 'logs', 'crashes')],
    ])
    expect(windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    })
    expect(forks[0]?.file).toMatch(/[\\/]engine-host\.js$/)
    expect(forks[0]?.child.posted[0]?.message).toEqual({
      type: 'start',
      dataDirectory: join(appData, 'strobe', 'studio'),
      workspace: { samples: true },
    })
  })

  it('goes on where it was when it is packaged', async () => {
    process.argv = ['strobe']
    const { forks } = await startMain({ isPackaged: true })
    expect(forks[0]?.child.posted[0]?.message).not.toHaveProperty('workspace')
  })

  it('keeps all data in the folder that STROBE_DATA names', async () => {
    const own = join(appData, 'own')
    vi.stubEnv('STROBE_DATA', own)
    const { module, forks } = await startMain()
    expect(module.app.setPath.mock.calls[0]).toEqual(['userData', join(own, 'desktop')])
    expect(forks[0]?.child.posted[0]?.message).toMatchObject({ dataDirectory: own })
  })

  it('keeps to a profile of its own where Chromium was asked for one', async () => {
    const profile = join(appData, 'profile')
    const { module, forks } = await startMain({ switches: { 'user-data-dir': profile } })
    expect(module.app.setPath.mock.calls[0]).toEqual(['userData', profile])
    expect(forks[0]?.child.posted[0]?.message).toMatchObject({ dataDirectory: join(profile, 'studio') })
  })

  it('ends where another instance runs, and hands its arguments over', async () => {
    process.argv = ['electron', '.', '/work/shop', '--no-sandbox']
    const { calls, module } = await startMain({ hasLock: false })
    expect(calls).toEqual(['crashReporter false', 'registerSchemes', 'quit'])
    expect(module.app.requestSingleInstanceLock).toHaveBeenCalledWith({ open: ['/work/shop'] })
  })

  it('opens the folder of its arguments first', async () => {
    process.argv = ['electron', '.', appData]
    const { forks } = await startMain()
    expect(forks[0]?.child.posted[0]?.message).toMatchObject({ workspace: appData })
  })

  it('says what is wrong with its arguments, and starts all the same', async () => {
    process.argv = ['electron', '.', join(appData, 'gone')]
    const { forks, module } = await startMain()
    expect(forks[0]?.child.posted[0]?.message).toMatchObject({ workspace: { samples: true } })
    const [, question] = module.dialog.showMessageBox.mock.calls[0] ?? []
    expect(question).toMatchObject({ message: expect.stringContaining('gone') })
  })
})

describe('what the system hands in', () => {
  it('comes to the window that is open', async () => {
    const electron = await startMain()
    const { module, windows } = electron
    say(electron, { type: 'ready' })
    module.app.emit('second-instance', {}, [], '', { open: [appData] })
    expect(windows).toHaveLength(1)
    expect(windows[0]?.focus).toHaveBeenCalled()
    const event = { preventDefault: vi.fn() }
    const workflow = join(appData, 'orders.workflow.ts')
    writeFileSync(workflow, '')
    module.app.emit('open-file', event, workflow)
    expect(event.preventDefault).toHaveBeenCalled()
    expect(toPage(electron)).toEqual([
      ['to-page', { strobe: 'open-folder', path: appData }],
      ['to-page', { strobe: 'open-folder', path: appData }],
    ])
  })

  it('waits for the page to listen, also while it is loaded again', async () => {
    const electron = await startMain()
    say(electron, { type: 'open-path', path: appData })
    expect(toPage(electron)).toEqual([])
    say(electron, { type: 'ready' })
    expect(toPage(electron)).toHaveLength(1)
    electron.windows[0]?.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    say(electron, { type: 'open-path', path: appData })
    expect(toPage(electron)).toHaveLength(1)
    say(electron, { type: 'ready' })
    expect(toPage(electron)).toHaveLength(2)
  })

  it('opens a window where none is', async () => {
    const electron = await startMain()
    const { module, windows } = electron
    windows[0]?.emit('closed')
    module.app.emit('activate')
    expect(windows).toHaveLength(2)
    module.app.emit('activate')
    expect(windows).toHaveLength(2)
  })
})

describe('the page and its engine', () => {
  it('the page gets a port when it is ready, and another one when the engine was started again', async () => {
    const electron = await startMain()
    expect(portsOf(electron)).toEqual([])
    say(electron, { type: 'ready' })
    expect(portsOf(electron)).toEqual([['engine-port', null, [{ name: '1a' }]]])
    electron.forks[0]?.child.exits(139)
    await vi.waitFor(() => expect(portsOf(electron)).toHaveLength(2))
    expect(electron.forks).toHaveLength(2)
    expect(electron.forks[1]?.child.posted[1]).toEqual({ message: { type: 'page' }, ports: [{ name: '2b' }] })
  })

  it('runners are forked with an environment of their own, outside of the archive', async () => {
    const { forks } = await startMain()
    forks[0]?.child.says({ type: 'fork-runner', runner: 1, environment: { STROBE_TEST: '1' } })
    expect(forks[1]?.file).toMatch(/[\\/]runner-host\.js$/)
    expect(forks[1]?.options).toMatchObject({ env: { STROBE_TEST: '1', NODE_NO_WARNINGS: '1' }, stdio: 'pipe' })
  })

  it('listens to nobody but the page of the window', async () => {
    const electron = await startMain()
    const foreign = new FakeContents()
    say(electron, { type: 'ready' }, { contents: foreign })
    say(electron, { type: 'ready' }, { frame: { parent: {}, url: 'app://strobe/index.html' } })
    say(electron, { type: 'ready' }, { frame: { parent: null, url: 'https://example.com/' } })
    electron.module.ipcMain.emit(
      'page',
      { sender: electron.windows[0]?.webContents, senderFrame: null },
      { type: 'ready' },
    )
    say(electron, { type: 'nonsense' })
    expect(portsOf(electron)).toEqual([])
    expect(foreign.postMessage).not.toHaveBeenCalled()
  })

  it('tells the page what was chosen in the menu, but asks for a folder itself', async () => {
    const electron = await startMain()
    say(electron, { type: 'ready' })
    const template = electron.module.Menu.setApplicationMenu.mock.calls.at(-1)?.[0] as MenuItem[]
    itemOf(template, 'go.compare').click()
    expect(toPage(electron)).toEqual([['to-page', { strobe: 'command', id: 'go.compare' }]])
    electron.module.dialog.showOpenDialog.mockResolvedValueOnce({ filePaths: [appData] })
    itemOf(template, 'workspace.open').click()
    await vi.waitFor(() =>
      expect(toPage(electron).at(-1)).toEqual(['to-page', { strobe: 'open-folder', path: appData }]),
    )
  })

  it('the menu knows what was open', async () => {
    const electron = await startMain()
    electron.forks[0]?.child.says({ type: 'workspace', recent: ['/work/shop'] })
    const template = electron.module.Menu.setApplicationMenu.mock.calls.at(-1)?.[0]
    expect(JSON.stringify(template)).toContain('/work/shop')
  })

  it('notifies where nobody looks', async () => {
    const electron = await startMain()
    say(electron, { type: 'notify', title: 'Finished', body: 'orders' })
    electron.windows[0]!.hasFocus = true
    say(electron, { type: 'notify', title: 'Again', body: '' })
    expect(electron.notifications).toEqual([{ title: 'Finished', body: 'orders' }])
  })

  it('the next start has the theme and the place of this one', async () => {
    const electron = await startMain()
    say(electron, { type: 'theme', theme: 'dark' })
    expect(electron.module.nativeTheme.themeSource).toBe('dark')
    electron.windows[0]?.emit('close')
    const file = join(appData, 'strobe', 'window.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ theme: 'dark', bounds: { width: 900 } })
    const next = await startMain()
    expect(next.module.nativeTheme.themeSource).toBe('dark')
    expect(next.windows[0]?.options).toMatchObject({ x: 1, y: 2, width: 900, height: 700 })
  })
})

describe('when something breaks', () => {
  it('a page that is gone is told of, and loaded again', async () => {
    const electron = await startMain()
    const contents = electron.windows[0]!.webContents
    contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 })
    await vi.waitFor(() => expect(contents.reload).toHaveBeenCalled())
    expect(electron.module.dialog.showMessageBox.mock.calls[0]?.[1]).toMatchObject({
      message: 'The window ran out of memory.',
      buttons: ['Load again', 'Quit'],
    })
  })

  it('a page that hangs can be waited for', async () => {
    const electron = await startMain()
    const window = electron.windows[0]!
    window.emit('unresponsive')
    window.emit('unresponsive')
    await vi.waitFor(() => expect(electron.module.dialog.showMessageBox).toHaveBeenCalledTimes(1))
    expect(window.webContents.reload).not.toHaveBeenCalled()
    electron.answers.push(1)
    await vi.waitFor(() => {
      window.emit('unresponsive')
      expect(window.webContents.forcefullyCrashRenderer).toHaveBeenCalled()
    })
    expect(window.webContents.reload).toHaveBeenCalled()
  })

  it('what nobody caught is in the log', async () => {
    await startMain()
    process.emit('uncaughtException', new Error('broken in a test'))
    const log = join(appData, 'strobe', 'logs', 'main.log')
    expect(existsSync(log) && readFileSync(log, 'utf8')).toContain('uncaught: Error: broken in a test')
  })

  it('the app ends when the engine has closed, and not before', async () => {
    const { module, forks, calls } = await startMain()
    const event = { preventDefault: vi.fn() }
    module.app.emit('will-quit', event)
    expect(event.preventDefault).toHaveBeenCalled()
    expect(calls).not.toContain('quit')
    forks[0]?.child.says({ type: 'closed' })
    await vi.waitFor(() => expect(calls).toContain('quit'))
    const last = { preventDefault: vi.fn() }
    module.app.emit('will-quit', last)
    expect(last.preventDefault).not.toHaveBeenCalled()
  })
})

describe('the guards', () => {
  it('deny every permission, every device and the network in every session, and serve each once', async () => {
    const { module, defaultSession } = await startMain()
    const other = new FakeSession()
    module.app.emit('session-created', defaultSession)
    module.app.emit('session-created', other)
    for (const guarded of [defaultSession, other]) {
      expect(guarded.protocol.handle).toHaveBeenCalledTimes(1)
      const answer = vi.fn()
      guarded.setPermissionRequestHandler.mock.calls[0]?.[0]({}, 'media', answer)
      expect(answer).toHaveBeenCalledWith(false)
      expect(guarded.setPermissionCheckHandler.mock.calls[0]?.[0]()).toBe(false)
      expect(guarded.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false)
      expect(guarded.setSpellCheckerEnabled).toHaveBeenCalledWith(false)
      const [decide] = guarded.webRequest.onBeforeRequest.mock.calls[0] ?? []
      const cancelled = vi.fn()
      decide({ url: 'https://example.com/' }, cancelled)
      expect(cancelled).toHaveBeenCalledWith({ cancel: true })
    }
  })

  it('let blobs be saved, under a harmless name, and nothing else', async () => {
    const { defaultSession } = await startMain()
    const download = (url: string, name: string) => {
      const item = {
        getURL: () => url,
        getURLChain: () => [url],
        getFilename: () => name,
        setSaveDialogOptions: vi.fn(),
        once: vi.fn(),
      }
      const event = { preventDefault: vi.fn() }
      defaultSession.emit('will-download', event, item)
      return { item, event }
    }
    const report = download('app://strobe/blob/report-1', '../orders.html')
    expect(report.event.preventDefault).not.toHaveBeenCalled()
    expect(report.item.setSaveDialogOptions).toHaveBeenCalledWith({
      defaultPath: join(`${appData}/downloads`, 'orders.html'),
    })
    expect(download('https://example.com/a.exe', 'a.exe').event.preventDefault).toHaveBeenCalled()
  })

  it('let no page leave, open a window or hold another page', async () => {
    const { module } = await startMain()
    const contents = new FakeContents()
    module.app.emit('web-contents-created', {}, contents)
    for (const event of ['will-frame-navigate', 'will-redirect']) {
      const away = navigation('file:///etc/passwd')
      contents.emit(event, away)
      expect(away.preventDefault, event).toHaveBeenCalled()
      const home = navigation('app://strobe/index.html')
      contents.emit(event, home)
      expect(home.preventDefault, event).not.toHaveBeenCalled()
    }
    expect(contents.setWindowOpenHandler.mock.calls[0]?.[0]({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' })
    const webview = { preventDefault: vi.fn() }
    contents.emit('will-attach-webview', webview)
    expect(webview.preventDefault).toHaveBeenCalled()
    expect(module.dialog.showMessageBox).not.toHaveBeenCalled()
  })

  it('save a blob that a page would have gone to', async () => {
    const { module } = await startMain()
    const contents = new FakeContents()
    module.app.emit('web-contents-created', {}, contents)
    const blob = navigation('app://strobe/blob/report-1')
    contents.emit('will-frame-navigate', blob)
    expect(blob.preventDefault).toHaveBeenCalled()
    expect(contents.downloadURL).toHaveBeenCalledWith('app://strobe/blob/report-1')
  })

  it.each([
    [0, ['https://example.com/']],
    [1, []],
  ])(
    'open an address of the web in the browser when the user says so (button %i), asking once',
    async (button, opened) => {
      const { module, answers } = await startMain()
      const contents = new FakeContents()
      module.app.emit('web-contents-created', {}, contents)
      answers.push(button)
      const open = contents.setWindowOpenHandler.mock.calls[0]?.[0]
      expect(open({ url: 'https://example.com/' })).toEqual({ action: 'deny' })
      expect(open({ url: 'https://example.com/' })).toEqual({ action: 'deny' })
      await vi.waitFor(() => expect(module.dialog.showMessageBox).toHaveBeenCalledTimes(1))
      await new Promise(setImmediate)
      expect(module.shell.openExternal.mock.calls.flat()).toEqual(opened)
    },
  )
})

interface MenuItem {
  readonly id?: string
  readonly submenu?: MenuItem[]
  readonly click: () => void
}

function itemOf(items: readonly MenuItem[], id: string): MenuItem {
  const all = items.flatMap((item) => [item, ...(item.submenu ?? [])])
  const found = all.find((item) => item.id === id)
  if (!found) throw new Error(`The menu has no ${id}.`)
  return found
}
