import { EventEmitter } from 'node:events'
import { vi } from 'vitest'
import { FakeFork, namedChannels } from './fake-fork.ts'

/** A session that remembers which handlers it was given. */
export class FakeSession extends EventEmitter {
  readonly protocol = { handle: vi.fn() }
  readonly webRequest = { onBeforeRequest: vi.fn() }
  readonly setPermissionRequestHandler = vi.fn()
  readonly setPermissionCheckHandler = vi.fn()
  readonly setDevicePermissionHandler = vi.fn()
  readonly setSpellCheckerEnabled = vi.fn()
}

/** Contents of a window, or of something that is none. */
export class FakeContents extends EventEmitter {
  readonly mainFrame = { parent: null, url: 'app://strobe/index.html' }
  readonly send = vi.fn()
  readonly postMessage = vi.fn()
  readonly reload = vi.fn()
  readonly downloadURL = vi.fn()
  readonly forcefullyCrashRenderer = vi.fn()
  readonly setWindowOpenHandler = vi.fn()
}

/** Electron as the main process sees it, with the calls that matter for their order. */
export function fakeElectron({
  hasLock = true,
  appData = '/nowhere',
  isPackaged = false,
  switches = {},
}: {
  hasLock?: boolean
  appData?: string
  isPackaged?: boolean
  switches?: Readonly<Record<string, string>>
} = {}) {
  const calls: string[] = []
  const windows: FakeWindow[] = []
  const forks: Array<{ file: string; options: object; child: FakeFork }> = []
  const defaultSession = new FakeSession()
  const answers: number[] = []

  class FakeWindow extends EventEmitter {
    static readonly fromWebContents = (contents: FakeContents) =>
      windows.find((window) => window.webContents === contents) ?? null
    readonly webContents = new FakeContents()
    readonly focus = vi.fn()
    readonly show = vi.fn()
    readonly maximize = vi.fn()
    readonly restore = vi.fn()
    readonly setBackgroundColor = vi.fn()
    hasFocus = false
    readonly isMinimized = () => false
    readonly isMaximized = () => false
    readonly isFullScreen = () => false
    readonly isFocused = () => this.hasFocus
    readonly isDestroyed = () => false
    readonly getNormalBounds = () => ({ x: 1, y: 2, width: 900, height: 700 })
    readonly loadURL = async (url: string) => void calls.push(`load ${url}`)
    readonly options: { webPreferences: object }

    constructor(options: { webPreferences: object }) {
      super()
      this.options = options
      windows.push(this)
    }
  }

  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    commandLine: { getSwitchValue: (name: string) => switches[name] ?? '' },
    getPath: (name: string) => (name === 'appData' ? appData : `${appData}/${name}`),
    setPath: vi.fn(),
    requestSingleInstanceLock: vi.fn((_data: object) => hasLock),
    quit: () => void calls.push('quit'),
    exit: () => void calls.push('exit'),
    enableSandbox: () => void calls.push('enableSandbox'),
    whenReady: async () => void calls.push('whenReady'),
    addRecentDocument: vi.fn(),
    setJumpList: vi.fn(),
  })
  const notifications: Array<{ title: string; body: string }> = []
  class FakeNotification extends EventEmitter {
    static readonly isSupported = () => true
    readonly #options: { title: string; body: string }
    constructor(options: { title: string; body: string }) {
      super()
      this.#options = options
    }
    show() {
      notifications.push(this.#options)
    }
  }
  const dialog = {
    showMessageBox: vi.fn(async (..._args: unknown[]) => ({ response: answers.shift() ?? 0 })),
    showOpenDialog: vi.fn(async (..._args: unknown[]) => ({ filePaths: [] as string[] })),
  }
  const openChannel = namedChannels()
  const module = {
    ...{ app, dialog, BrowserWindow: FakeWindow, Notification: FakeNotification },
    crashReporter: {
      start: (options: { uploadToServer: boolean }) => void calls.push(`crashReporter ${options.uploadToServer}`),
    },
    ipcMain: new EventEmitter(),
    Menu: { buildFromTemplate: (template: object) => template, setApplicationMenu: vi.fn() },
    MessageChannelMain: class {
      constructor() {
        Object.assign(this, openChannel())
      }
    },
    nativeTheme: Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false }),
    protocol: { registerSchemesAsPrivileged: () => void calls.push('registerSchemes') },
    screen: {
      getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
      getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
    },
    session: { defaultSession },
    shell: { openExternal: vi.fn(async () => {}), openPath: vi.fn(async () => '') },
    utilityProcess: {
      fork: (file: string, _args: string[], options: object) => {
        const child = new FakeFork()
        forks.push({ file, options, child })
        calls.push('fork')
        return child
      },
    },
  }
  return { module, calls, windows, forks, defaultSession, answers, notifications }
}

export type FakeElectron = ReturnType<typeof fakeElectron>
