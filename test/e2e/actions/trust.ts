import { expect, type Page } from '@playwright/test'

/** Answers the question that the studio asks of a folder it does not know. */
export async function trustFolder(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Do you trust/ })
  await dialog.getByRole('button', { name: 'Trust this folder' }).click()
  await expect(dialog).toBeHidden()
}
