import type { Locator } from '@playwright/test'
import type { CycleReport, NodeTable } from '../../../src/analysis/index.ts'
import {
  formatChange,
  formatChangeWithInterval,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
} from '../../../src/base/index.ts'
import type { AdviceEntry } from '../../../src/protocol/index.ts'
import type { RunRecord } from '../../../src/trace/index.ts'
import { experimentOf, idsOf } from '../actions/answers.ts'
import { tableOf } from '../actions/measure.ts'
import { answerOf, openAddress, screenOf } from '../actions/screens.ts'
import { expect, strobe, test } from '../studio.ts'

// What is read here from the page as a person reads it is what the command line says, in the words of `base/units.ts`.

/** The texts of a row that has a cell with such a text. */
async function cellsOf(table: Locator, row: string): Promise<readonly string[]> {
  const found = table.getByRole('row').filter({ has: table.page().getByRole('gridcell', { name: row, exact: true }) })
  await expect(found.first()).toBeVisible()
  return found.first().getByRole('gridcell').allInnerTexts()
}

test('an experiment: medians, changes with their intervals, counts', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  let compared = 0
  for (const workflow of ['orders', 'k-means']) {
    const [id] = idsOf(finished, 'experiments', workflow)
    const { ranking } = experimentOf(finished, id!)
    await openAddress(page, `#/compare/${id}`)
    await expect(screenOf(page)).toContainText(workflow)
    const table = tableOf(page, 'Variants, fastest first')
    for (const row of ranking) {
      const cells = await cellsOf(table, row.name)
      expect(cells).toContain(formatDuration(row.median!))
      expect(cells).toContain(formatCount(row.trials))
      if (row.baseline) continue
      const change = formatChangeWithInterval(row.ratio!, row.low, row.high)
      expect(cells.join('\n')).toContain(change)
      expect(cells.join('\n')).toContain(formatShare(row.state!.minimumDetectable!))
      // The best one's sentence is the answer; those of the others are the names of their pictures.
      const picture = table.getByRole('img', { name: row.sentence })
      await expect(answerOf(page).filter({ hasText: row.sentence }).or(picture).first()).toBeVisible()
      compared++
    }
  }
  expect(compared).toBe(3)
})

test('a run: its duration, and the table of its nodes', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  let compared = 0
  for (const workflow of ['orders', 'k-means']) {
    const id = idsOf(finished, 'runs', workflow).at(-1)!
    const { run, nodes } = strobe(finished, 'show', id) as { run: RunRecord; nodes: NodeTable }
    await openAddress(page, `#/run/${id}?tab=nodes`)
    await expect(answerOf(page)).toContainText(`took ${formatDuration(run.value!)}`)
    const table = tableOf(page, 'Nodes of the run')
    for (const node of nodes.rows) {
      const name = node.path.slice(node.path.lastIndexOf('/') + 1)
      const cells = await cellsOf(table, `${name} ${node.kind}`)
      expect(cells).toContain(formatDuration(node.durations!.total))
      expect(cells).toContain(formatDuration(node.self!))
      expect(cells).toContain(formatDuration(node.durations!.p95))
      expect(cells).toContain(formatCount(node.executions))
      if (node.critical) expect(cells.join('\n')).toContain(formatShare(node.critical.share))
      if (node.cpu !== null) expect(cells).toContain(formatDuration(node.cpu))
      compared++
    }
  }
  expect(compared).toBeGreaterThan(5)
})

test('a cycle: its metric, the time and the memory of each iteration', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  const id = idsOf(finished, 'runs', 'k-means').at(-1)!
  const { cycles } = strobe(finished, 'show', id) as { cycles: readonly CycleReport[] }
  const cycle = cycles[0]!
  await openAddress(page, `#/cycle/${id}`)
  const { metric, iterations } = cycle
  await expect(screenOf(page)).toContainText(
    `went from ${formatNumber(metric!.first)} to ${formatNumber(metric!.last)}`,
  )
  const table = tableOf(page, `Iterations of ${cycle.path}`)
  for (const iteration of iterations.slice(0, 5)) {
    const cells = await cellsOf(table, formatCount(iteration.index))
    expect(cells).toContain(formatNumber(iteration.metric!))
    expect(cells).toContain(formatDuration(iteration.duration))
    expect(cells).toContain(formatDuration(iteration.gc!))
  }
  expect(iterations.length).toBeGreaterThan(5)
})

test('advice: what it will bring, and the numbers that it rests on', async ({ start, finished }) => {
  const { page } = await start({ workspace: finished })
  const { advice } = strobe(finished, 'list', 'advice') as { advice: readonly AdviceEntry[] }
  expect(advice.length).toBeGreaterThan(0)
  for (const { id, recommendation } of advice) {
    await openAddress(page, `#/advice/${id}`)
    const detail = screenOf(page).getByRole('article', { name: recommendation.title })
    const { prediction, evidence } = recommendation
    if (prediction.kind === 'range') {
      await expect(detail).toContainText(`${formatChange(prediction.low)} to ${formatChange(prediction.high)}`)
    }
    for (const { label, value, unit } of evidence.numbers) {
      const text = { ns: formatDuration, share: formatShare, count: formatCount, ratio: formatNumber }[unit](value)
      await expect(
        detail.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) }),
      ).toContainText(text)
    }
  }
})
