import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, protocol, type Session, session } from 'electron'
import { appScheme, appStartUrl } from './app-protocol.ts'
import { mayNavigate } from './navigation-policy.ts'
import { answerAppRequest } from './serve-app.ts'
import { windowOptions } from './window-options.ts'

const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url))
const preloadFile = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

// Once and before `ready`, or the scheme has no origin and `'self'` in the policy means nothing.
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

if (app.requestSingleInstanceLock()) void start()
else app.quit()

async function start(): Promise<void> {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-frame-navigate', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  app.on('session-created', guardSession)
  app.on('second-instance', () => focusWindow())
  app.on('activate', () => void openWindow())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  await app.whenReady()
  guardSession(session.defaultSession)
  await openWindow()
}

const guardedSessions = new WeakSet<Session>()

/** Serves the window's files in a session, and denies it every permission and every device; once for each session. */
function guardSession(session: Session): void {
  if (guardedSessions.has(session)) return
  guardedSessions.add(session)
  session.protocol.handle(appScheme, (request) => answerAppRequest(request, rendererFolder))
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

async function openWindow(): Promise<void> {
  if (focusWindow()) return
  const window = new BrowserWindow(windowOptions(preloadFile))
  window.once('ready-to-show', () => window.show())
  await window.loadURL(appStartUrl)
}

/** Brings the open window to the front; false where none is open. */
function focusWindow(): boolean {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return false
  if (window.isMinimized()) window.restore()
  window.focus()
  return true
}
