import { appPlaceOf } from './app-protocol.ts'

/** What becomes of a page that wants to go somewhere. `ask`: the user is asked whether the system's browser may open it. */
export type NavigationDecision = 'allow' | 'download' | 'ask' | 'deny'

const longestExternal = 2000

/** Whether the window itself may show `url`: its one page, whatever comes after the `#`. */
export function isStudioPage(url: string): boolean {
  return appPlaceOf(url)?.kind === 'page'
}

/**
 * Decides about a navigation or a redirect. The window shows its page and nothing else, a frame in it reports that were
 * exported; a blob is saved instead of being shown, and only the window's own page leads out, to the web.
 */
export function decideNavigation(url: string, isMainFrame: boolean): NavigationDecision {
  const place = appPlaceOf(url)
  if (!isMainFrame) return place?.kind === 'blob' && place.request.isPreview ? 'allow' : 'deny'
  if (place?.kind === 'page') return 'allow'
  if (place?.kind === 'blob') return 'download'
  return externalUrl(url) === undefined ? 'deny' : 'ask'
}

/**
 * The address to open in the system's browser, as it is shown to the user first; `undefined` for everything that is not the
 * web: `javascript:`, `file:` and whatever else a system may start programs for.
 */
export function externalUrl(url: string): string | undefined {
  if (url.length > longestExternal || !URL.canParse(url)) return undefined
  const { protocol, hostname, username, password, href } = new URL(url)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && hostname !== '' && username === '' && password === '' ? href : undefined
}

/** Whether a request of a session is for the network or for a file, which nothing of the studio's ever asks for. */
export function isForeignRequest(url: string): boolean {
  return /^(?:https?|wss?|ftp|file):/i.test(url)
}
