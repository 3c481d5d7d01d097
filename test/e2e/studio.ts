import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { copySamples, finishedFolder } from './finished-workspace.ts'
import { startElectron } from './shells/electron.ts'
import type { RunningStudio, ShellOptions } from './shells/shell.ts'
import { startWeb } from './shells/web.ts'

export { strobe } from './finished-workspace.ts'
export { expect }

/** What a spec gets: folders of its own, and studios that end with it. */
interface Fixtures {
  /** Makes a folder; it is removed after everything that works in it has ended. */
  readonly temporary: (name: string) => string
  /** A new workspace with the sample workflows, of which nothing was ever run. */
  readonly fresh: string
  /** A workspace with runs of both samples (with CPU samples), an experiment on each and advice, all finished. */
  readonly finished: string
  /** Starts a studio; it ends with the test. */
  readonly start: (options?: Partial<ShellOptions>) => Promise<RunningStudio>
}

/** Playwright's test, with studios. The project's name is the shell. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  temporary: async ({}, use) => {
    const made: string[] = []
    await use((name) => {
      const folder = mkdtempSync(join(tmpdir(), `strobe-e2e-${name}-`))
      made.push(folder)
      return folder
    })
    for (const folder of made) rmSync(folder, { recursive: true, force: true })
  },
  fresh: async ({ temporary }, use) => {
    const folder = temporary('fresh')
    copySamples(folder)
    await use(folder)
  },
  finished: async ({ temporary }, use) => {
    const folder = temporary('finished')
    cpSync(finishedFolder(), folder, { recursive: true })
    await use(folder)
  },
  start: async ({ temporary }, use, testInfo) => {
    const data = temporary('data')
    const running: RunningStudio[] = []
    await use(async (options = {}) => {
      const start = testInfo.project.name === 'electron' ? startElectron : startWeb
      const studio = await start({ data, ...options })
      running.push(studio)
      return studio
    })
    for (const [place, studio] of running.entries()) {
      if (testInfo.status !== testInfo.expectedStatus) {
        const path = testInfo.outputPath(`page-${place}.png`)
        // A page that is gone has nothing to show.
        await studio.page.screenshot({ path, timeout: 3000 }).catch(() => {})
      }
      await studio.close()
    }
  },
})
