import { join, resolve } from 'node:path'

/** Where the desktop app keeps things; see also the browser shell, which shares the second. */
export interface DataPlaces {
  /** The window's state, caches and cookies of the page, logs: the app's own. */
  readonly userData: string
  /** Recent workspaces, trust, the copy of the samples: the studio's, in every shell. */
  readonly dataDirectory: string
}

/** What decides where. */
export interface DataChoices {
  /** The platform's folder for data of programs. */
  readonly appData: string
  /** `STROBE_DATA`: a folder for everything of the studio. */
  readonly asked: string | undefined
  /** `--user-data-dir`, Chromium's own way of asking for a profile apart; empty where it was not used. */
  readonly profile: string
}

/** Where data go. Studios that were told different places know nothing of each other. */
export function dataPlaces({ appData, asked, profile }: DataChoices): DataPlaces {
  if (asked) return { userData: join(resolve(asked), 'desktop'), dataDirectory: resolve(asked) }
  const userData = profile === '' ? join(appData, 'strobe') : resolve(profile)
  return { userData, dataDirectory: join(userData, 'studio') }
}
