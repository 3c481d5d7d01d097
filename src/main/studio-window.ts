import { BrowserWindow, ipcMain, type MessagePortMain, nativeTheme, screen } from 'electron'
import { appStartUrl } from './app-protocol.ts'
import { answerPageGone, unresponsiveAnswer } from './page-gone.ts'
import { type PageMessage, readPageMessage } from './page-message.ts'
import { isTrustedSender } from './sender-policy.ts'
import { windowBackground } from './window-background.ts'
import { windowOptions } from './window-options.ts'
import { placeWindow, type WindowState } from './window-state.ts'

/** What the window needs of the rest of the app. */
export interface WindowPorts {
  readonly preload: string
  readonly icon?: string
  readonly state: () => WindowState
  readonly saveState: (state: WindowState) => void
  /** A port to the engine for a page that has loaded; `undefined` while there is no engine. */
  readonly connect: () => MessagePortMain | undefined
  /** What the page says, besides that it is ready. */
  readonly receive: (message: Exclude<PageMessage, { type: 'ready' }>) => void
  readonly ask: (question: { message: string; detail: string; buttons: readonly string[] }) => Promise<number>
  readonly quit: () => void
  readonly log: (text: string) => void
}

/** What a window tells its page; see the README of `preload`. */
export type ToPage =
  | { readonly strobe: 'command'; readonly id: string }
  | { readonly strobe: 'open-folder'; readonly path: string }

/** Milliseconds after the last move before where the window is gets written down. */
const settlingTime = 500

/** The one window of the studio: opened, remembered, kept alive, and spoken to. */
export class StudioWindow {
  readonly #ports: WindowPorts
  #window: BrowserWindow | undefined
  /** Whether the page of the window listens. */
  #isReady = false
  #isAsking = false
  /** What the page is told as soon as it listens. */
  #waiting: ToPage[] = []

  constructor(ports: WindowPorts) {
    this.#ports = ports
    ipcMain.on('page', (event, value: unknown) => {
      const { sender, senderFrame } = event
      const isOwnWindow = this.#window !== undefined && BrowserWindow.fromWebContents(sender) === this.#window
      const isMainFrame = senderFrame !== null && senderFrame.parent === null
      if (!isTrustedSender({ isOwnWindow, isMainFrame, url: senderFrame?.url })) return
      const message = readPageMessage(value)
      if (message?.type === 'ready') this.#pageIsReady()
      else if (message) this.#ports.receive(message)
    })
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(windowBackground(nativeTheme.shouldUseDarkColors)))
  }

  /** The window, where it is open. */
  get window(): BrowserWindow | undefined {
    return this.#window
  }

  /** Whether somebody looks at it. */
  get hasFocus(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** Opens the window, or brings it to the front where it is open. */
  show(): void {
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.show()
      this.#window.focus()
    } else this.#open()
  }

  /** Tells the page something, as soon as it listens. */
  tell(message: ToPage): void {
    if (this.#isReady) this.#window?.webContents.send('to-page', message)
    else this.#waiting.push(message)
  }

  /** Gives the page a new port: the engine is another one now. */
  reconnect(): void {
    const port = this.#isReady ? this.#ports.connect() : undefined
    if (port) this.#window?.webContents.postMessage('engine-port', null, [port])
  }

  reload(): void {
    this.#window?.webContents.reload()
  }

  #open(): void {
    const state = this.#ports.state()
    const main = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
    const place = placeWindow(
      state.bounds,
      [main, ...others].map(({ workArea }) => workArea),
    )
    const { preload, icon } = this.#ports
    const isDark = nativeTheme.shouldUseDarkColors
    const window = new BrowserWindow(windowOptions({ preload, place, state, isDark, ...(icon ? { icon } : {}) }))
    this.#window = window
    window.once('ready-to-show', () => {
      if (state.maximized) window.maximize()
      window.show()
    })
    this.#remember(window)
    this.#keepAlive(window)
    window.loadURL(appStartUrl).catch((thrown: unknown) => {
      this.#ports.log(`The page could not be loaded: ${thrown}`)
      if (!window.isDestroyed()) window.show()
    })
  }

  #remember(window: BrowserWindow): void {
    const save = () => {
      const state = this.#ports.state()
      const { x, y, width, height } = window.getNormalBounds()
      const shape = { maximized: window.isMaximized(), fullScreen: window.isFullScreen() }
      this.#ports.saveState({ ...state, bounds: { x, y, width, height }, ...shape })
    }
    let timer: NodeJS.Timeout | undefined
    const saveSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(save, settlingTime)
    }
    window.on('resize', saveSoon)
    window.on('move', saveSoon)
    window.on('close', () => {
      clearTimeout(timer)
      save()
    })
    window.on('closed', () => {
      clearTimeout(timer)
      this.#window = undefined
      this.#isReady = false
    })
  }

  #keepAlive(window: BrowserWindow): void {
    const { webContents } = window
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#isReady = false
    })
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.#isReady = false
      this.#ports.log(`The page is gone: ${reason} (${exitCode})`)
      const answer = answerPageGone(reason)
      if (!answer) return
      const buttons = answer.canReload ? ['Load again', 'Quit'] : ['Quit']
      void this.#ask({ ...answer, buttons }).then((button) => {
        if (buttons[button] === 'Load again') webContents.reload()
        else if (buttons[button] === 'Quit') this.#ports.quit()
      })
    })
    window.on('unresponsive', () => {
      this.#ports.log('The page does not answer.')
      void this.#ask({ ...unresponsiveAnswer, buttons: ['Wait', 'Load again'] }).then((button) => {
        if (button !== 1 || window.isDestroyed()) return
        // A page that hangs does not take the wish to be loaded again.
        webContents.forcefullyCrashRenderer()
        webContents.reload()
      })
    })
    webContents.on('preload-error', (_event, _path, error) => this.#ports.log(`preload: ${error.stack ?? error}`))
  }

  /** One question at a time: `undefined` where one is open already, or the window went meanwhile. */
  async #ask(question: { message: string; detail: string; buttons: readonly string[] }): Promise<number | -1> {
    if (this.#isAsking) return -1
    this.#isAsking = true
    try {
      const button = await this.#ports.ask(question)
      return this.#window ? button : -1
    } finally {
      this.#isAsking = false
    }
  }

  #pageIsReady(): void {
    this.#isReady = true
    this.reconnect()
    for (const message of this.#waiting.splice(0)) this.tell(message)
  }
}
