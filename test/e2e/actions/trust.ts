import { expect, type Page } from '@playwright/test'

/** Says of the open folder that its code may run. */
export async function trustFolder(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Trust this folder…' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^Do you trust/ })
  await dialog.getByRole('button', { name: 'Trust this folder' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('nothing of this folder is run until you trust it')).toBeHidden()
}
