import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { idsOf } from '../actions/answers.ts'
import { runOnce, waitForJob } from '../actions/measure.ts'
import { answerOf, openAddress, screenOf } from '../actions/screens.ts'
import { trustFolder } from '../actions/trust.ts'
import { watchForBugs } from '../actions/watch.ts'
import { expect, strobe, test } from '../studio.ts'

const image = '<img src=x onerror="window.broken=1">'
const script = '<script>window.broken=1</script>'
const links = 'javascript:window.broken=1 file:///etc/passwd [link](javascript:window.broken=1)'

/** Names, statements, log lines, an error and a result that would all like to be more than text. */
const workflow = `import { knob, workflow } from 'strobe'
import { sqlite } from 'strobe/toolkit'

const image = ${JSON.stringify(image)}
const script = ${JSON.stringify(script)}
const links = ${JSON.stringify(links)}

export default workflow(image, { params: { fail: false, note: script } })
  .resource('db', () => sqlite(':memory:'))
  .task('<script>broken=1', { use: ['db'], knobs: { size: knob.integer(1, { min: 1, max: 9 }) } }, async ({ db, params }) => {
    console.log(image)
    console.log(links)
    console.error(script)
    const rows = await db.all('SELECT 1 AS "' + image.replaceAll('"', '""') + '" /* ' + script + ' */')
    if (params.fail) throw new Error(image + ' ' + script + ' ' + links)
    return [image, script, links, rows]
  })
  .variant(links, { '<script>broken=1': { size: 2 } })
`

/** What would say that text became more than text. */
async function lookForHarm(page: Page): Promise<void> {
  expect(await page.evaluate('window.broken')).toBeUndefined()
  for (const frame of page.frames()) {
    expect(await frame.locator('img[src="x"]').count()).toBe(0)
    expect(await frame.locator('a[href^="javascript:" i], a[href^="file:" i]').count()).toBe(0)
  }
}

test('what a workflow calls itself, says and throws is text on every screen', async ({ start, temporary }) => {
  test.setTimeout(300_000)
  const folder = temporary('hostile')
  writeFileSync(join(folder, 'hostile.workflow.ts'), workflow)
  const { page } = await start({ workspace: folder })
  const bugs = watchForBugs(page)
  const surprises: string[] = []
  page.on('dialog', (dialog) => {
    surprises.push(dialog.message())
    void dialog.dismiss()
  })
  page.context().on('page', (other) => surprises.push(other.url()))
  const origin = new URL(page.url()).origin
  page.on('framenavigated', (frame) => {
    const { protocol, origin: to } = new URL(frame.url())
    if (to !== origin && protocol !== 'about:') surprises.push(frame.url())
  })

  await trustFolder(page)
  const card = page.getByRole('article').first()
  await expect(card).toBeVisible()
  await runOnce(page, (await card.getByRole('heading').innerText()).trim())
  await waitForJob(page)
  await expect(answerOf(page)).toContainText(`${image} took`)
  strobe(folder, 'compare', 'hostile.workflow.ts', '--preset', 'quick')
  // It fails, and the command line says so by its code.
  try {
    strobe(folder, 'run', 'hostile.workflow.ts', '--param', 'fail=true')
  } catch {}
  const runs = idsOf(folder, 'runs', image)
  const [experiment] = idsOf(folder, 'experiments', image)
  expect(runs.length).toBe(2)

  await openAddress(page, '#/workspace')
  await expect(screenOf(page)).toContainText(image)
  await lookForHarm(page)
  for (const run of runs) {
    for (const tab of ['nodes', 'calls', 'flame', 'graph', 'source', 'log', 'result']) {
      await openAddress(page, `#/run/${run}?tab=${tab}`)
      await expect(screenOf(page)).toContainText(image)
      await expect(screenOf(page).getByText('Loading…')).toHaveCount(0)
      await lookForHarm(page)
    }
    await openAddress(page, `#/cycle/${run}`)
    await expect(screenOf(page)).toContainText(image)
    await lookForHarm(page)
  }
  await openAddress(page, `#/run/${runs[0]}?tab=log`)
  await expect(screenOf(page)).toContainText(links)
  for (const tab of ['Trials', 'Nodes', 'Functions', 'Other metrics', 'Diagnostics']) {
    await openAddress(page, `#/compare/${experiment}`)
    await screenOf(page).getByRole('tab', { name: tab }).click()
    await expect(screenOf(page)).toContainText(links)
    await lookForHarm(page)
  }
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toContainText(image)
  await lookForHarm(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+j')
  await expect(page.getByRole('region', { name: 'Log' })).toContainText(links)
  await lookForHarm(page)

  await openAddress(page, `#/report?experiments=${experiment}&runs=${runs.join(',')}`)
  await expect(screenOf(page).frameLocator('iframe').locator('body')).toContainText(image)
  await lookForHarm(page)
  expect(surprises).toEqual([])
  // No word of the content policy either: nothing even tried.
  expect(bugs).toEqual([])
})
