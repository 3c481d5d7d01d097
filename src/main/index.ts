import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter, protocol, session } from 'electron'
import { appScheme } from './app-protocol.ts'
import { dataPlaces } from './data-places.ts'
import { Desktop } from './desktop.ts'
import { pathsInArguments, readHandedOver } from './open-target.ts'
import { createLog, describeThrown } from './rotating-log.ts'

// What has to be said before Electron is ready: where data, logs and crash dumps stay, and that pages have an origin of their own.
// Without the last, `'self'` in their policy means nothing.
const { userData, dataDirectory } = dataPlaces({
  appData: app.getPath('appData'),
  asked: process.env.STROBE_DATA,
  profile: app.commandLine.getSwitchValue('user-data-dir'),
})
const logs = join(userData, 'logs')
const crashDumps = join(logs, 'crashes')
mkdirSync(crashDumps, { recursive: true })
app.setPath('userData', userData)
app.setPath('crashDumps', crashDumps)
crashReporter.start({ uploadToServer: false })
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

const log = createLog(logs)
process.on('uncaughtException', (thrown) => log(`uncaught: ${describeThrown(thrown)}`))
process.on('unhandledRejection', (thrown) => log(`unhandled: ${describeThrown(thrown)}`))

const asked = pathsInArguments(process.argv, process.cwd(), app.isPackaged)
if (app.requestSingleInstanceLock({ open: asked })) void start()
else app.quit()

async function start(): Promise<void> {
  app.enableSandbox()
  const desktop = new Desktop({ log, logs, userData, dataDirectory })
  const openFirst = ([path]: readonly string[]) => {
    if (path !== undefined) desktop.open(path)
  }
  openFirst(asked)
  // macOS tells what was double-clicked by an event, which may come before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    desktop.open(path)
  })
  app.on('second-instance', (_event, _argv, _cwd, handedOver) => {
    desktop.show()
    openFirst(readHandedOver(handedOver))
  })
  app.on('web-contents-created', (_event, contents) => desktop.guardContents(contents))
  app.on('session-created', (created) => desktop.guardSession(created))
  app.on('activate', () => desktop.show())
  app.on('child-process-gone', (_event, details) => log(`process gone: ${JSON.stringify(details)}`))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', (event) => {
    if (desktop.isClosed) return
    // What is being measured is ended and kept first; then this comes once more.
    event.preventDefault()
    void desktop.close().then(() => app.quit())
  })
  try {
    await app.whenReady()
    desktop.guardSession(session.defaultSession)
    desktop.start()
  } catch (thrown) {
    log(`start: ${describeThrown(thrown)}`)
    app.exit(1)
  }
}
