import { goToScreen, screenOf } from '../actions/screens.ts'
import { trustFolder } from '../actions/trust.ts'
import { expect, test } from '../studio.ts'

test('the studio opens on finished runs, and every screen is one click away', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  const bugs: string[] = []
  page.on('pageerror', (error) => bugs.push(error.message))
  await trustFolder(page)
  await expect(screenOf(page)).toContainText('orders')
  for (const title of ['Run', 'Cycle', 'Compare', 'Advice', 'Report', 'Workspace'] as const) {
    await goToScreen(page, title)
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
  expect(bugs).toEqual([])
})

test('a folder that nobody trusted is shown, and nothing of it runs', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  await expect(screenOf(page)).toContainText('orders')
  await expect(page.getByText('nothing of this folder is run until you trust it')).toBeVisible()
  for (const button of await screenOf(page).getByRole('button', { name: 'Run…' }).all())
    await expect(button).toBeDisabled()
})
