import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'

// Electron itself is not needed, and not there, where these run: what is checked is which guard is put where.

/** Calls in their order, by the name of what was called. */
const calls: string[] = []
const windows: FakeWindow[] = []
let hasLock = true

class FakeSession extends EventEmitter {
  readonly protocol = { handle: vi.fn() }
  readonly setPermissionRequestHandler = vi.fn()
  readonly setPermissionCheckHandler = vi.fn()
  readonly setDevicePermissionHandler = vi.fn()
}

class FakeApp extends EventEmitter {
  readonly requestSingleInstanceLock = () => hasLock
  readonly quit = () => void calls.push('quit')
  readonly enableSandbox = () => void calls.push('enableSandbox')
  readonly whenReady = async () => void calls.push('whenReady')
}

class FakeWindow extends EventEmitter {
  static readonly getAllWindows = () => windows
  readonly focus = vi.fn()
  readonly isMinimized = () => false
  readonly show = vi.fn()
  readonly options: { webPreferences: object }

  constructor(options: { webPreferences: object }) {
    super()
    this.options = options
    windows.push(this)
  }

  loadURL(url: string) {
    calls.push(`load ${url}`)
  }
}

let app = new FakeApp()
let session = new FakeSession()

async function startMain() {
  vi.resetModules()
  vi.doMock('electron', () => ({
    app,
    BrowserWindow: FakeWindow,
    protocol: { registerSchemesAsPrivileged: () => void calls.push('registerSchemes') },
    session: { defaultSession: session },
  }))
  await import('../../src/main/index.ts')
  await vi.waitFor(() => expect(calls.at(-1)).toMatch(/^load|^quit/))
}

beforeEach(() => {
  calls.length = 0
  windows.length = 0
  hasLock = true
  app = new FakeApp()
  session = new FakeSession()
})

/** A navigation that can be prevented, as Electron gives it. */
const navigation = (url: string) => ({ url, preventDefault: vi.fn() })

describe('the main process', () => {
  it('registers the scheme and the sandbox before it is ready, then opens one window', async () => {
    await startMain()
    expect(calls).toEqual(['registerSchemes', 'enableSandbox', 'whenReady', 'load app://strobe/index.html'])
    expect(windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    })
  })

  it('ends where another instance runs; the one that runs comes to the front', async () => {
    hasLock = false
    await startMain()
    expect(calls).toEqual(['registerSchemes', 'quit'])
    hasLock = true
    calls.length = 0
    await startMain()
    app.emit('second-instance')
    app.emit('activate')
    expect(windows).toHaveLength(1)
    expect(windows[0]?.focus).toHaveBeenCalledTimes(2)
  })

  it('denies every permission in every session, and serves each once', async () => {
    await startMain()
    const other = new FakeSession()
    app.emit('session-created', session)
    app.emit('session-created', other)
    for (const guarded of [session, other]) {
      expect(guarded.protocol.handle).toHaveBeenCalledTimes(1)
      const answer = vi.fn()
      guarded.setPermissionRequestHandler.mock.calls[0]?.[0]({}, 'media', answer)
      expect(answer).toHaveBeenCalledWith(false)
      expect(guarded.setPermissionCheckHandler.mock.calls[0]?.[0]()).toBe(false)
      expect(guarded.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false)
      const download = { preventDefault: vi.fn() }
      guarded.emit('will-download', download)
      expect(download.preventDefault).toHaveBeenCalled()
    }
  })

  it('lets no page leave, open a window or hold another page', async () => {
    await startMain()
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() })
    app.emit('web-contents-created', {}, contents)
    expect(contents.setWindowOpenHandler.mock.calls[0]?.[0]()).toEqual({ action: 'deny' })
    for (const event of ['will-frame-navigate', 'will-redirect']) {
      const away = navigation('https://example.com/')
      contents.emit(event, away)
      expect(away.preventDefault, event).toHaveBeenCalled()
      const home = navigation('app://strobe/index.html')
      contents.emit(event, home)
      expect(home.preventDefault, event).not.toHaveBeenCalled()
    }
    const webview = { preventDefault: vi.fn() }
    contents.emit('will-attach-webview', webview)
    expect(webview.preventDefault).toHaveBeenCalled()
  })
})
