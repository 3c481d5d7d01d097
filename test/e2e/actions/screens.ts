import { expect, type Locator, type Page } from '@playwright/test'

export type ScreenTitle = 'Workspace' | 'Run' | 'Cycle' | 'Compare' | 'Advice' | 'Report'

/** The screen that is shown. */
export function screenOf(page: Page): Locator {
  return page.locator('main')
}

/** The answer of the screen that is shown: its heading in sight. */
export function answerOf(page: Page): Locator {
  return page.locator('main h1:not(.visually-hidden)')
}

/** Goes to a screen by the rail, and waits until it is there. */
export async function goToScreen(page: Page, title: ScreenTitle): Promise<Locator> {
  const item = page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title, exact: true })
  await item.click()
  await expect(item).toHaveAttribute('aria-current', 'page')
  await expect(screenOf(page)).not.toBeEmpty()
  return screenOf(page)
}

/** Goes to an address of the studio: what a link in a message would open. */
export async function openAddress(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
}
