// Pictures of every screen with sample data, in both themes and two sizes, in tmp/screenshots; and the four that stand in the
// README, in docs/pictures: `npm run screenshots [-- name …]` makes those whose name begins so, or all. Look at them.
import './require-packages.mjs'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../test/e2e/shells/binaries.ts'
import { ensureBuilt, projectRoot } from './build.mjs'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
]
/** Those of the README, each in one theme. */
const chosen = [
  { place: 'workspace', theme: 'light' },
  { place: 'run flame of samples', theme: 'dark' },
  { place: 'compare orders', theme: 'light' },
  { place: 'advice', theme: 'dark' },
]

if (findChromium() === undefined) {
  console.error('There is no Chromium to look with (apt-get install chromium, or name one by STROBE_CHROMIUM).')
  process.exit(1)
}
await ensureBuilt()
// Only now: what they start is the build.
const { makeWorkspace, strobe } = await import('../test/e2e/finished-workspace.ts')
const { placesOf } = await import('../test/e2e/actions/places.ts')
const { startWeb } = await import('../test/e2e/shells/web.ts')

const folder = mkdtempSync(join(tmpdir(), 'strobe-screenshots-'))
try {
  const workspace = join(folder, 'samples')
  makeWorkspace(workspace)
  const { advice } = /** @type {{ advice: { id: string }[] }} */ (strobe(workspace, 'list', 'advice'))
  // A workspace in use: several runs of each.
  for (const variant of ['baseline', 'overlapped', 'paired'])
    strobe(workspace, 'run', 'orders', '--variant', variant, '--samples')
  for (const variant of ['baseline', 'bounded']) strobe(workspace, 'run', 'k-means', '--variant', variant, '--samples')
  // What advice brought is to be seen beside what it promised.
  strobe(workspace, 'apply', advice.at(-1)?.id ?? '', '--preset', 'quick')
  for (const theme of /** @type {const} */ (['light', 'dark'])) await takeAll(workspace, theme)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * @param {string} workspace
 * @param {'light' | 'dark'} theme
 */
async function takeAll(workspace, theme) {
  const { page, close } = await startWeb({ workspace, data: join(folder, `data-${theme}`), theme, trust: true })
  const wanted = process.argv.slice(2)
  for (const { name, hash, shows } of placesOf(workspace)) {
    if (wanted.length > 0 && !wanted.some((word) => name.startsWith(word))) continue
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
    await page.locator('main').getByText(shows).first().waitFor({ state: 'attached' })
    for (const size of sizes) {
      await page.setViewportSize(size)
      await settle(page)
      const file = `${name.replaceAll(' ', '-')}-${theme}-${size.width}.png`
      await page.screenshot({ path: join(projectRoot, 'tmp/screenshots', file) })
      const isChosen = chosen.some((one) => one.place === name && one.theme === theme) && size === sizes[0]
      if (isChosen) {
        mkdirSync(join(projectRoot, 'docs/pictures'), { recursive: true })
        const picture = `${name.split(' ')[0]}.png`
        await page.screenshot({ path: join(projectRoot, 'docs/pictures', picture) })
      }
    }
  }
  await close()
}

/**
 * Waits until nothing is being loaded or moved any more.
 * @param {import('@playwright/test').Page} page
 */
async function settle(page) {
  await page
    .getByText(/^(Loading|Reading the trace|Laying out|Making the report)/)
    .first()
    .waitFor({ state: 'hidden' })
  await page.waitForTimeout(700)
}
