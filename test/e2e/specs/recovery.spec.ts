import type { Page } from '@playwright/test'
import { experimentOf, idsOf } from '../actions/answers.ts'
import { cancelButton, cardOf, runBar, runOnce, startExperiment, tableOf, waitForJob } from '../actions/measure.ts'
import { answerOf, goToScreen, openAddress, screenOf } from '../actions/screens.ts'
import { trustFolder } from '../actions/trust.ts'
import { expect, test } from '../studio.ts'

const aBlock = /[1-9]\d* blocks? so far/

test.beforeEach(() => test.setTimeout(400_000))

/** An experiment that goes on and has measured something. */
async function beginExperiment(page: Page): Promise<void> {
  await trustFolder(page)
  await startExperiment(page, 'orders')
  await expect(screenOf(page)).toContainText(aBlock, { timeout: 120_000 })
}

test('what is cancelled stops at once, and what was measured is kept and shown', async ({ start, fresh }) => {
  const { page } = await start({ workspace: fresh })
  await beginExperiment(page)
  // Two frames after the click the page says that it was told.
  const says = await cancelButton(page).evaluate(async (button) => {
    const { requestAnimationFrame: frame } = globalThis as unknown as {
      requestAnimationFrame: (then: () => void) => void
    }
    button.click()
    await new Promise<void>((resolve) => frame(() => frame(resolve)))
    return button.isConnected ? button.textContent : 'ended'
  })
  expect(['Cancelling…', 'ended']).toContain(says)
  await waitForJob(page)
  await expect(runBar(page)).toContainText('cancelled')
  await expect(screenOf(page).getByText('stopped', { exact: true })).toBeVisible()
  const [id] = idsOf(fresh, 'experiments', 'orders')
  const { experiment } = experimentOf(fresh, id!)
  expect(experiment.status).toBe('stopped')
  const kept = experiment.trials.filter(({ block, variant }) => block >= 0 && variant === 0).length
  expect(kept).toBeGreaterThan(0)
  const baseline = tableOf(page, 'Variants, fastest first').getByRole('row', { name: 'baseline, the baseline' })
  await expect(baseline.getByRole('gridcell').last()).toHaveText(/^[1-9]/)
  // Another one begins where this one ended.
  await goToScreen(page, 'Workspace')
  await runOnce(page, 'orders')
  await expect(answerOf(page)).toContainText(/^orders took/, { timeout: 60_000 })
})

test('a page that is loaded again finds the experiment that goes on', async ({ start, fresh }) => {
  const { page } = await start({ workspace: fresh })
  await beginExperiment(page)
  await page.reload()
  await expect(runBar(page).getByRole('progressbar')).toBeVisible()
  await expect(screenOf(page)).toContainText(aBlock)
  const blocks = async () => Number(/([\d]+) blocks? so far/.exec((await screenOf(page).textContent()) ?? '')?.[1] ?? 0)
  const before = await blocks()
  await expect.poll(blocks, { timeout: 120_000 }).toBeGreaterThan(before)
  await cancelButton(page).click()
  await waitForJob(page)
  await expect(screenOf(page).getByText('stopped', { exact: true })).toBeVisible()
})

test('an engine that dies in the middle: the page says it, and everything measured is there again', async ({
  start,
  fresh,
}) => {
  const studio = await start({ workspace: fresh })
  const { page } = studio
  await beginExperiment(page)
  studio.killEngine()
  // It says so, and connects again as soon as there is an engine.
  await expect(page.getByText(/^The connection|Connecting to the engine again/).first()).toBeVisible()
  await waitForJob(page)
  const [id] = idsOf(fresh, 'experiments', 'orders')
  await expect(page.getByText(/^The connection|Connecting to the engine again/)).toHaveCount(0, { timeout: 30_000 })
  await openAddress(page, `#/compare/${id}`)
  await expect(screenOf(page).getByText('interrupted', { exact: true })).toBeVisible({ timeout: 30_000 })
  await studio.close()

  const { page: again } = await start({ workspace: fresh })
  await expect(cardOf(again, 'orders')).toBeVisible()
  await openAddress(again, `#/compare/${id}`)
  await expect(screenOf(again).getByText('interrupted', { exact: true })).toBeVisible()
  const baseline = tableOf(again, 'Variants, fastest first').getByRole('row', { name: 'baseline, the baseline' })
  await expect(baseline.getByRole('gridcell').last()).toHaveText(/^[1-9]/)
  await goToScreen(again, 'Workspace')
  await runOnce(again, 'orders')
  await expect(answerOf(again)).toContainText(/^orders took/, { timeout: 60_000 })
})
