import { trustFolder } from '../actions/trust.ts'
import { expect, test } from '../studio.ts'

test('the studio opens on finished runs, and every screen is one click away', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  const bugs: string[] = []
  page.on('pageerror', (error) => bugs.push(error.message))
  await trustFolder(page)
  await expect(page.getByRole('main', { name: 'Workspace' })).toContainText('orders')
  const rail = page.getByRole('navigation', { name: 'Screens' })
  for (const screen of ['Run', 'Cycle', 'Compare', 'Advice', 'Report', 'Workspace']) {
    await rail.getByRole('button', { name: screen }).click()
    await expect(page.getByRole('main', { name: screen })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
  expect(bugs).toEqual([])
})
