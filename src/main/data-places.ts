import { join, resolve } from 'node:path'

/** Where the desktop app keeps things; see also the browser shell, which shares the second. */
export interface DataPlaces {
  /** The window's state, caches and cookies of the page, logs: the app's own. */
  readonly userData: string
  /** Recent workspaces, trust, the copy of the samples: the studio's, in every shell. */
  readonly dataDirectory: string
}

/**
 * Where data go: below the platform's folder for them (`appData`), or in one of the user's, with everything of this app inside it,
 * so that two such studios know nothing of each other. `asked` is `STROBE_DATA`.
 */
export function dataPlaces(appData: string, asked: string | undefined): DataPlaces {
  if (asked) return { userData: join(resolve(asked), 'desktop'), dataDirectory: resolve(asked) }
  const userData = join(appData, 'strobe')
  return { userData, dataDirectory: join(userData, 'studio') }
}
