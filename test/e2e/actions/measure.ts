import { expect, type Locator, type Page } from '@playwright/test'

/** The run bar: what goes on, and how the last job ended. */
export function runBar(page: Page): Locator {
  return page.getByRole('banner')
}

/** The button that stops what is being measured, whatever it says. */
export function cancelButton(page: Page): Locator {
  return runBar(page).getByRole('button', { name: /^Cancel/ })
}

/** Waits until nothing is being measured any more. What is measured takes as long as this machine needs for it. */
export async function waitForJob(page: Page, timeout = 240_000): Promise<void> {
  await expect(cancelButton(page)).toHaveCount(0, { timeout })
}

/** The card of a workflow on the workspace screen. */
export function cardOf(page: Page, workflow: string): Locator {
  return page.getByRole('article', { name: workflow, exact: true })
}

/** Runs a workflow once from its card, with what the dialog offers, and waits until its screen is there. */
export async function runOnce(page: Page, workflow: string): Promise<void> {
  await cardOf(page, workflow).getByRole('button', { name: 'Run…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 60_000 })
}

/** Starts an experiment from a workflow's card: three clicks. */
export async function startExperiment(page: Page, workflow: string, preset = 'Quick'): Promise<void> {
  await cardOf(page, workflow).getByRole('button', { name: 'New experiment…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(preset, { exact: true }).click()
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 60_000 })
}

/** A table of the studio by its name. */
export function tableOf(page: Page, name: string | RegExp): Locator {
  return page.getByRole('grid', { name })
}
