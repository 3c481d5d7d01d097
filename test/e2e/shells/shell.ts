import type { Page } from '@playwright/test'

/** What a studio is started with. */
export interface ShellOptions {
  /** Folder to open; absent: the studio's own copy of the samples. */
  readonly workspace?: string
  /** Folder for what the studio remembers: new for each test, unless one starts it again. */
  readonly data: string
  readonly theme?: 'light' | 'dark'
  /** Whether the folder's code may run from the start: for pictures, which no banner belongs on. */
  readonly trust?: boolean
}

/** A studio that a spec drives, whichever shell it is in. */
export interface RunningStudio {
  readonly page: Page
  /** Ends the process that has the engine in it, as a crash would: at once. */
  killEngine(): void
  /** Ends the studio as its user would. */
  close(): Promise<void>
}
