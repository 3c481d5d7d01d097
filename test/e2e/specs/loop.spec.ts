import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { cardOf, runBar, runOnce, startExperiment, tableOf, waitForJob } from '../actions/measure.ts'
import { answerOf, goToScreen, screenOf } from '../actions/screens.ts'
import { trustFolder } from '../actions/trust.ts'
import { LongTasks, watchForBugs } from '../actions/watch.ts'
import { expect, test } from '../studio.ts'

/** `[−20.1, −16.4]`: without it there is no effect on any screen. */
const interval = /\[[−+]?[\d.∞]+, [−+]?[\d.∞]+\]/

test('measure, find, predict, apply, prove, report: the whole loop by the screens', async ({ start, fresh }, info) => {
  // It measures twice; how long that takes is the machine's affair.
  test.setTimeout(900_000)
  const { page } = await start({ workspace: fresh })
  const bugs = watchForBugs(page)
  const tasks = new LongTasks(page)
  await tasks.watch()

  await test.step('open and trust', async () => {
    await trustFolder(page)
    await expect(cardOf(page, 'orders')).toContainText('It never ran.')
    await tasks.done('open, Workspace')
  })

  await test.step('run with CPU samples: where did the time go', async () => {
    await runOnce(page, 'k-means')
    const screen = screenOf(page)
    await expect(answerOf(page)).toContainText(/^k-means took [\d.]+ (ms|s)/, { timeout: 90_000 })
    await waitForJob(page)
    await expect(screen.getByRole('list', { name: 'Critical path, by node and call' })).toContainText('cluster/assign')
    await screen.getByRole('tab', { name: 'Nodes' }).click()
    await expect(tableOf(page, /node/i)).toContainText('assign')
    await screen.getByRole('tab', { name: 'Flame graph' }).click()
    await expect(screen.getByRole('figure').filter({ hasText: 'CPU time' })).toContainText(/\d+ samples/)
    await tasks.done('Run')
  })

  await test.step('its cycle: did it converge', async () => {
    await goToScreen(page, 'Cycle')
    await screenOf(page)
      .getByRole('link', { name: /k-means/ })
      .or(screenOf(page).getByText('converged'))
      .first()
      .click()
    await expect(screenOf(page)).toContainText('converged')
    await tasks.done('Cycle')
  })

  await test.step('an experiment in three clicks: live, then a verdict', async () => {
    await goToScreen(page, 'Workspace')
    await startExperiment(page, 'orders')
    await expect(runBar(page).getByRole('progressbar')).toBeVisible()
    await expect(screenOf(page)).toContainText(/\d blocks? so far/, { timeout: 120_000 })
    await expect(screenOf(page).getByText('running', { exact: true })).toBeVisible()
    await waitForJob(page)
    await expect(answerOf(page)).toHaveText(interval)
    await expect(tableOf(page, 'Variants, fastest first').getByRole('row', { name: 'overlapped' })).toContainText(
      interval,
    )
    await tasks.done('Compare, while it is measured')
  })

  await test.step('advice: what to do next, and what it will bring', async () => {
    await screenOf(page).getByRole('button', { name: 'Find advice' }).click()
    await expect(
      tableOf(page, /^Recommendations/)
        .getByRole('row')
        .nth(1),
    ).toContainText(/[−+][\d.]+ % to [−+][\d.]+ %/)
    await tasks.done('Advice')
  })

  await test.step('apply and prove: what it brought beside what was predicted', async () => {
    const detail = screenOf(page).getByRole('article')
    await detail.getByRole('button', { name: 'Apply and prove' }).click()
    await expect(runBar(page).getByRole('progressbar')).toBeVisible()
    await waitForJob(page)
    const gain = detail.getByRole('figure', { name: /^Predicted and measured/ })
    await expect(gain.getByRole('link')).toHaveText(interval)
    await expect(gain).toContainText(/[−+][\d.]+ % to [−+][\d.]+ %/)
    await tasks.done('Advice, while it is proved')
  })

  await test.step('report: every format that is offered opens', async () => {
    await goToScreen(page, 'Report')
    await expect(screenOf(page).frameLocator('iframe').getByRole('heading').first()).toBeVisible()
    const offered = screenOf(page).getByRole('region', { name: 'Export' }).getByRole('button')
    await expect(offered.first()).toBeEnabled()
    // A format's name comes first; what it needs may stand behind it.
    const names = (await offered.allTextContents()).map(
      (text) => /^(?:HTML|Markdown|JSON|CSV|PDF)/.exec(text)?.[0] ?? text,
    )
    expect(names).toEqual(expect.arrayContaining(['HTML', 'Markdown', 'JSON', 'CSV']))
    for (const name of names) {
      if (await offered.filter({ hasText: name }).isDisabled()) {
        await expect(screenOf(page).getByText(`${name}: `)).toBeVisible()
        continue
      }
      const file = await exportAs(page, name, (fileName) => info.outputPath(fileName))
      const check = checks[name]
      expect(check, `what ${name} must hold is not known to this spec`).toBeDefined()
      await check!(file, page)
    }
    await tasks.done('Report')
  })

  expect(bugs).toEqual([])
  console.log(tasks.report())
})

/** Clicks a format, and says where the file was saved. */
async function exportAs(page: Page, name: string, pathFor: (fileName: string) => string): Promise<string> {
  const region = screenOf(page).getByRole('region', { name: 'Export' })
  const saved = page.waitForEvent('download', { timeout: 60_000 })
  await region
    .getByRole('button')
    .filter({ hasText: new RegExp(`^${name}`) })
    .click()
  const download = await saved
  const file = pathFor(download.suggestedFilename())
  await download.saveAs(file)
  await expect(region).toContainText(`Written: ${download.suggestedFilename()}`)
  return file
}

/** What a file of each format must hold. */
const checks: Readonly<Record<string, (file: string, page: Page) => Promise<void>>> = {
  HTML: async (file, page) => {
    const context = await page.context().browser()?.newContext()
    // The desktop app opens no other page: there its text is looked at.
    if (!context) return expect(readFileSync(file, 'utf8')).toContain('</html>')
    const other = await context.newPage()
    const bugs = watchForBugs(other)
    await other.goto(`file://${file}`)
    await expect(other.locator('body')).toContainText(interval)
    expect(bugs).toEqual([])
    await context.close()
  },
  Markdown: async (file) => {
    const text = readFileSync(file, 'utf8')
    // Markdown escapes the bracket of the interval.
    expect(text.replaceAll('\\', '')).toMatch(
      new RegExp(`(faster|slower|no change|undecided)[^\\n]*${interval.source}`),
    )
  },
  JSON: async (file) => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({})
  },
  CSV: async (file) => {
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
    expect(head).toContain(',')
    expect(rows.length).toBeGreaterThan(10)
  },
  PDF: async (file) => {
    expect(readFileSync(file).subarray(0, 5).toString('latin1')).toBe('%PDF-')
  },
}
