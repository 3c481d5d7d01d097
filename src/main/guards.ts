import type { Event, Session, WebContents } from 'electron'
import { appPlaceOf, appScheme } from './app-protocol.ts'
import { decideDownload } from './download-policy.ts'
import { decideNavigation, externalUrl, isForeignRequest } from './navigation-policy.ts'
import { type AppSource, answerAppRequest } from './serve-app.ts'

/** What the guards hand on to whoever can do it. */
export interface GuardActions {
  /** Asks the user whether the system's browser may open an address of the web. */
  readonly askToOpen: (url: string) => void
  /** The path that the save dialog begins with, for a file of this name. */
  readonly savePath: (fileName: string) => string
  readonly saveFailed: (fileName: string) => void
}

/** Serves the window's files in a session, and denies it the network, every permission and every device. */
export function guardSession(session: Session, source: AppSource, actions: GuardActions): void {
  session.protocol.handle(appScheme, (request) => answerAppRequest(request, source))
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  // Dictionaries would be fetched from the network.
  session.setSpellCheckerEnabled(false)
  // Nothing leaves the machine: not even what the policy of a page would not speak of.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: isForeignRequest(url) }))
  session.on('will-download', (event, item) => {
    const request = { urls: [...item.getURLChain(), item.getURL()], fileName: item.getFilename() }
    const fileName = decideDownload(request, (url) => appPlaceOf(url)?.kind === 'blob')
    if (fileName === undefined) {
      event.preventDefault()
      return
    }
    item.setSaveDialogOptions({ defaultPath: actions.savePath(fileName) })
    item.once('done', (_event, state) => {
      if (state === 'interrupted') actions.saveFailed(fileName)
    })
  })
}

/** Keeps contents on the studio's page: no other page, no window of its own, no page within. */
export function guardContents(contents: WebContents, { askToOpen }: GuardActions): void {
  const guard = (event: Event<{ url: string; isMainFrame: boolean }>) => {
    const decision = decideNavigation(event.url, event.isMainFrame)
    if (decision === 'allow') return
    event.preventDefault()
    const external = externalUrl(event.url)
    if (decision === 'download') contents.downloadURL(event.url)
    else if (decision === 'ask' && external !== undefined) askToOpen(external)
  }
  contents.on('will-frame-navigate', guard)
  contents.on('will-redirect', guard)
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalUrl(url)
    if (external !== undefined) askToOpen(external)
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
