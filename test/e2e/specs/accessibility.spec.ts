import type { Page } from '@playwright/test'
import { seriousViolations } from '../actions/axe.ts'
import { cardOf } from '../actions/measure.ts'
import { placesOf } from '../actions/places.ts'
import { openAddress, screenOf } from '../actions/screens.ts'
import { trustFolder } from '../actions/trust.ts'
import { expect, test } from '../studio.ts'

/** The dialogs, and what opens each. */
const dialogs: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  run: (page) => cardOf(page, 'orders').getByRole('button', { name: 'Run…' }).click(),
  'new experiment': (page) => cardOf(page, 'orders').getByRole('button', { name: 'New experiment…' }).click(),
  history: (page) => cardOf(page, 'orders').getByRole('button', { name: 'History' }).click(),
  budget: (page) => cardOf(page, 'orders').getByRole('button', { name: 'Budget…' }).click(),
  palette: (page) => page.keyboard.press('ControlOrMeta+k'),
  keys: (page) => page.keyboard.press('?'),
  folder: (page) => page.keyboard.press('ControlOrMeta+o'),
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any screen, ${theme}`, async ({ start, finished }) => {
    test.setTimeout(300_000)
    const { page } = await start({ workspace: finished, theme })
    const found: string[] = []
    const look = async (what: string) => {
      for (const violation of await seriousViolations(page)) found.push(`${what}: ${violation}`)
    }
    await look('workspace that nobody trusts')
    await trustFolder(page)
    const places = placesOf(finished)
    expect(places.length).toBeGreaterThan(15)
    for (const { name, hash, shows } of places) {
      await openAddress(page, hash)
      await expect(screenOf(page)).toContainText(shows)
      await expect(screenOf(page).getByText('Loading…')).toHaveCount(0)
      await look(name)
      if (!name.startsWith('compare ') && name !== 'compare') continue
      for (const tab of await screenOf(page).getByRole('tab').all()) {
        await tab.click()
        await look(`${name}, ${await tab.innerText()}`)
      }
    }
    expect(found.join('\n')).toBe('')
  })

  test(`axe finds nothing serious in the dialogs, ${theme}`, async ({ start, finished }) => {
    const { page } = await start({ workspace: finished, theme })
    const found: string[] = []
    await page.getByRole('button', { name: 'Trust this folder…' }).first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    for (const violation of await seriousViolations(page)) found.push(`trust: ${violation}`)
    await page.keyboard.press('Escape')
    await trustFolder(page)
    for (const [name, open] of Object.entries(dialogs)) {
      await open(page)
      const dialog = page.getByRole('dialog')
      await expect(dialog).toBeVisible()
      await expect(dialog.getByText('Loading…')).toHaveCount(0)
      for (const violation of await seriousViolations(page)) found.push(`${name}: ${violation}`)
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
    expect(found.join('\n')).toBe('')
  })
}
