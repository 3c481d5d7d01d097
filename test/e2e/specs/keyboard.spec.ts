import type { Page } from '@playwright/test'
import { cardOf, tableOf } from '../actions/measure.ts'
import { placesOf } from '../actions/places.ts'
import { answerOf, openAddress, screenOf } from '../actions/screens.ts'
import { trustFolder } from '../actions/trust.ts'
import { expect, test } from '../studio.ts'

test('commands by their keys: screens, palette, the list of keys', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  await trustFolder(page)
  for (const [place, title] of ['Workspace', 'Run', 'Cycle', 'Compare', 'Advice', 'Report'].entries()) {
    await page.keyboard.press(`ControlOrMeta+${place + 1}`)
    const item = page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: title, exact: true })
    await expect(item).toHaveAttribute('aria-current', 'page')
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to Compare')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('go to cyc')
  await expect(palette.getByRole('option').first()).toContainText('Go to Cycle')
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
  await expect(
    page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Cycle' }),
  ).toHaveAttribute('aria-current', 'page')
})

test('a table by its keys: to a row, and into it', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  await openAddress(page, '#/run')
  const table = tableOf(page, 'Latest runs')
  await table.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const second = table.getByRole('row').nth(2)
  await expect(second).toHaveAttribute('data-active', 'true')
  await expect(table).toHaveAttribute('aria-activedescendant', (await second.getAttribute('id')) ?? 'none')
  await page.keyboard.press('Enter')
  await expect(answerOf(page)).toContainText(/took/)
})

test('dialogs end by Escape, and the focus is where it was', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  await trustFolder(page)
  for (const name of ['Run…', 'New experiment…', 'History', 'Budget…']) {
    const button = cardOf(page, 'orders').getByRole('button', { name })
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(button).toBeFocused()
  }
})

test('timeline and flame graph are looked at by keys', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  const place = placesOf(finished).find(({ name }) => name === 'run flame of samples')!
  await openAddress(page, place.hash)
  const timeline = page.getByRole('application', { name: /^Timeline of/ })
  await timeline.focus()
  const before = await timeline.getAttribute('aria-label')
  // Keys go through what is drawn.
  await expect(async () => {
    await page.keyboard.press('.')
    await expect(page.getByRole('complementary', { name: 'Selected span' })).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.keyboard.press('f')
  await expect.poll(() => timeline.getAttribute('aria-label')).not.toBe(before)

  const flame = screenOf(page).getByRole('figure').getByRole('application')
  await flame.focus()
  await expect(flame).toBeFocused()
  await expect(async () => {
    await page.keyboard.press('ArrowDown')
    await expect(flame.getByRole('status')).not.toBeEmpty({ timeout: 1000 })
  }).toPass()
})

/** What has the focus, as `number, role or tag: name`; `body` where nothing has it. */
const focused = `(() => {
  const { activeElement: one } = document
  if (!one || one === document.body) return 'body'
  const seen = (window.focused ??= [])
  const place = seen.includes(one) ? seen.indexOf(one) : seen.push(one) - 1
  const name = one.getAttribute('aria-label') ?? one.textContent ?? ''
  return place + ', ' + (one.getAttribute('role') ?? one.tagName.toLowerCase()) + ': ' + name.trim().slice(0, 60)
})()`

/** Everything that Tab stops at, from the beginning until it comes round. */
async function tabStops(page: Page): Promise<readonly string[]> {
  await page.evaluate('document.activeElement?.blur()')
  const stops: string[] = []
  for (let step = 0; step < 200; step++) {
    await page.keyboard.press('Tab')
    const stop = (await page.evaluate(focused)) as string
    // A frame keeps the focus for each of its own stops.
    if (stop.endsWith('iframe: ') && stop === stops.at(-1)) continue
    if (stops.includes(stop)) break
    // Between the last and the first the browser itself has the focus.
    if (stop !== 'body') stops.push(stop)
  }
  return stops
}

/** How many controls there are that Tab should stop at; of radios and tabs one of each group. */
const controls = `(() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert]')
  const all = [...document.querySelectorAll('button, a[href], select, textarea, input:not([type=radio]), [tabindex="0"]')]
  return all.filter((one) => shown(one) && !one.disabled && one.tabIndex >= 0).length
})()`

test('Tab reaches everything there is to click, on every screen', async ({ start, finished }) => {
  test.setTimeout(240_000)
  const { page } = await start({ workspace: finished })
  await trustFolder(page)
  for (const { name, hash, shows } of placesOf(finished)) {
    if (name.startsWith('run ') && name !== 'run flame of samples') continue
    await openAddress(page, hash)
    await expect(screenOf(page)).toContainText(shows)
    await expect(screenOf(page).getByText('Loading…')).toHaveCount(0)
    const wanted = (await page.evaluate(controls)) as number
    const stops = await tabStops(page)
    expect(wanted, name).toBeGreaterThan(8)
    // Radios are one stop more for each group of them; a trap would be far fewer.
    expect(stops.length, `${name}: ${stops.join(' | ')}`).toBeGreaterThanOrEqual(Math.min(wanted, 190))
  }
})
