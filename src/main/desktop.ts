import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  dialog,
  Menu,
  type MessageBoxOptions,
  type MessagePortMain,
  Notification,
  nativeTheme,
  type Session,
  shell,
  type WebContents,
} from 'electron'
import type { CommandId } from '../protocol/index.ts'
import { createEngine } from './electron-engine.ts'
import type { FirstWorkspace } from './engine-messages.ts'
import { type GuardActions, guardContents, guardSession } from './guards.ts'
import { jumpListOf } from './jump-list.ts'
import { menuTemplate } from './menu-template.ts'
import { decideOpen, type OpenTarget } from './open-target.ts'
import type { PageMessage } from './page-message.ts'
import { StudioWindow } from './studio-window.ts'
import type { SupervisedEngine } from './supervised-engine.ts'
import { readWindowState, type WindowState } from './window-state.ts'

const ownFile = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const rendererFolder = ownFile('../renderer')
const preload = ownFile('../preload/index.cjs')
const icon = ownFile('../../resources/icons/icon.png')

/** What a desktop is started with: where to write, and what. */
export interface DesktopOptions {
  readonly log: (text: string) => void
  readonly logs: string
  readonly userData: string
  readonly dataDirectory: string
}

/** The studio on this desktop: its window, its engine, its menu, and what the system hands to it. */
export class Desktop {
  readonly #log: (text: string) => void
  readonly #logs: string
  readonly #dataDirectory: string
  readonly #window: StudioWindow
  readonly #guarded = new WeakSet<Session>()
  readonly #stateFile: string
  #state: WindowState
  #engine: SupervisedEngine<MessagePortMain> | undefined
  /** A path to open that came before there was an engine to open it. */
  #first: string | undefined
  readonly #notifications = new Set<Notification>()
  #closing: Promise<void> | undefined
  #isClosed = false
  #isAskingForAddress = false

  constructor({ log, logs, userData, dataDirectory }: DesktopOptions) {
    this.#log = log
    this.#logs = logs
    this.#dataDirectory = dataDirectory
    this.#stateFile = join(userData, 'window.json')
    this.#state = readWindowState(readText(this.#stateFile))
    this.#window = new StudioWindow({
      preload,
      // Elsewhere the window has the icon of the app.
      ...(process.platform === 'linux' ? { icon } : {}),
      state: () => this.#state,
      saveState: (state) => this.#saveState(state),
      connect: () => this.#engine?.connect(),
      receive: (message) => this.#receive(message),
      ask: (question) => this.#ask({ type: 'warning', ...question, buttons: [...question.buttons] }),
      quit: () => app.quit(),
      log,
    })
  }

  /** Starts the engine and opens the window; once, when Electron is ready. */
  start(): void {
    nativeTheme.themeSource = this.#state.theme
    const target = this.#first === undefined ? undefined : decideOpen(this.#first, { kind: kindOf })
    this.#engine = createEngine({
      dataDirectory: this.#dataDirectory,
      ...firstWorkspace(target),
      now: () => performance.now(),
      log: this.#log,
      onRestarted: () => this.#window.reconnect(),
      onGivenUp: (sentence, lastWords) => void this.#offerRestart(sentence, lastWords),
      onRecent: (folders) => this.#showRecent(folders),
    })
    this.#engine.start()
    this.#showRecent([])
    this.#window.show()
    if (target && 'problem' in target) void this.#say(target.problem)
  }

  /** Brings the window to the front, or opens it. */
  show(): void {
    if (this.#engine) this.#window.show()
  }

  /** Opens a folder, or the folder of a workflow's file. */
  open(path: string): void {
    if (!this.#engine) {
      this.#first = path
      return
    }
    const target = decideOpen(path, { kind: kindOf })
    this.#window.show()
    if ('folder' in target) this.#window.tell({ strobe: 'open-folder', path: target.folder })
    else void this.#say(target.problem)
  }

  guardContents(contents: WebContents): void {
    guardContents(contents, this.#guardActions)
  }

  /** Guards a session, once. */
  guardSession(session: Session): void {
    if (this.#guarded.has(session)) return
    this.#guarded.add(session)
    const blob: SupervisedEngine<MessagePortMain>['blob'] = async (request, conditions) =>
      this.#engine?.blob(request, conditions)
    guardSession(session, { folder: rendererFolder, blob }, this.#guardActions)
  }

  /** Whether the engine was closed, so that nothing is lost when the app ends. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Ends what is going on and closes the engine. */
  close(): Promise<void> {
    this.#closing ??= (this.#engine?.close() ?? Promise.resolve()).finally(() => {
      this.#isClosed = true
    })
    return this.#closing
  }

  readonly #guardActions: GuardActions = {
    askToOpen: (url) => void this.#askToOpen(url),
    savePath: (fileName) => join(app.getPath('downloads'), fileName),
    saveFailed: (fileName) => void this.#say(`${fileName} could not be saved. Try another folder.`),
  }

  #receive(message: Exclude<PageMessage, { type: 'ready' }>): void {
    switch (message.type) {
      case 'choose-folder':
        void this.#chooseFolder()
        return
      case 'open-path':
        this.open(message.path)
        return
      case 'notify':
        this.#notify(message)
        return
      case 'theme':
        nativeTheme.themeSource = message.theme
        this.#saveState({ ...this.#state, theme: message.theme })
    }
  }

  #command(id: CommandId): void {
    if (id === 'workspace.open') void this.#chooseFolder()
    else {
      this.#window.show()
      this.#window.tell({ strobe: 'command', id })
    }
  }

  async #chooseFolder(): Promise<void> {
    const options = { title: 'Open a folder', properties: ['openDirectory', 'createDirectory'] as const }
    const { window } = this.#window
    const asked = { ...options, properties: [...options.properties] }
    const { filePaths } = await (window ? dialog.showOpenDialog(window, asked) : dialog.showOpenDialog(asked))
    const [path] = filePaths
    if (path !== undefined) this.open(path)
  }

  #notify({ title, body }: { readonly title: string; readonly body: string }): void {
    if (this.#window.hasFocus || !Notification.isSupported()) return
    const notification = new Notification({ title, body })
    // One that nobody holds may be collected, and its click with it.
    this.#notifications.add(notification)
    notification.on('click', () => this.#window.show())
    notification.on('close', () => this.#notifications.delete(notification))
    notification.show()
  }

  #showRecent(folders: readonly string[]): void {
    const context = { platform: process.platform, isDeveloper: !app.isPackaged, recent: folders }
    const template = menuTemplate(context, {
      command: (id) => this.#command(id),
      openFolder: (path) => this.open(path),
      reload: () => this.#window.reload(),
      showLogs: () => void shell.openPath(this.#logs),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    const [latest] = folders
    if (latest === undefined) return
    if (process.platform === 'darwin') app.addRecentDocument(latest)
    // From sources the program is Electron's, which knows no folder of ours.
    if (process.platform === 'win32' && app.isPackaged) app.setJumpList(jumpListOf(folders, process.execPath))
  }

  async #offerRestart(message: string, lastWords: string): Promise<void> {
    const detail = lastWords.trim().split('\n').slice(-8).join('\n')
    const buttons = ['Start the engine again', 'Quit']
    const button = await this.#ask({ type: 'error', message, detail, buttons })
    if (button === 0) this.#engine?.startAfresh()
    else app.quit()
  }

  async #askToOpen(url: string): Promise<void> {
    // A page that asks in a loop gets one question.
    if (this.#isAskingForAddress) return
    this.#isAskingForAddress = true
    const question = { message: 'Open this address in your browser?', detail: url, buttons: ['Open', 'Cancel'] }
    try {
      const button = await this.#ask({ type: 'question', ...question, defaultId: 1, cancelId: 1 })
      if (button === 0) await shell.openExternal(url)
    } finally {
      this.#isAskingForAddress = false
    }
  }

  async #say(message: string): Promise<void> {
    await this.#ask({ type: 'info', message, buttons: ['OK'] })
  }

  /** The number of the button that was chosen. */
  async #ask(options: MessageBoxOptions): Promise<number> {
    const { window } = this.#window
    const asked = { noLink: true, title: 'Strobe', ...options }
    const { response } = await (window ? dialog.showMessageBox(window, asked) : dialog.showMessageBox(asked))
    return response
  }

  #saveState(state: WindowState): void {
    this.#state = state
    try {
      writeFileSync(this.#stateFile, JSON.stringify(state))
    } catch (thrown) {
      this.#log(`The window's state could not be saved: ${thrown}`)
    }
  }
}

/** Who starts it from its sources sees the samples, as in the other shell; else it goes on where it was. */
function firstWorkspace(target: OpenTarget | undefined): { workspace?: FirstWorkspace } {
  if (target && 'folder' in target) return { workspace: target.folder }
  return app.isPackaged ? {} : { workspace: { samples: true } }
}

function kindOf(path: string): 'file' | 'folder' | 'none' {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? 'none' : stat.isDirectory() ? 'folder' : 'file'
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
