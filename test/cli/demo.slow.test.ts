import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ExperimentRecord } from '../../src/analysis/index.ts'
import { commands } from '../../src/cli/commands/index.ts'
import type { AdviceEntry } from '../../src/engine/index.ts'
import { strobe, strobeJson } from './strobe-process.ts'

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'strobe-demo-')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the demo closes the loop without any set-up, and everything that it did can be opened afterwards', async () => {
  const { code, document, err } = await strobeJson(folder, 'demo')
  expect(err).not.toContain('Error')
  expect(code).toBe(0)
  const declared = Object.keys(commands.find(({ name }) => name === 'demo')!.json).map((key) => key.replace('?', ''))
  expect(Object.keys(document).sort()).toEqual([...declared, 'exitCode'].sort())
  const workspace = join(folder, 'strobe-demo')
  expect(document).toMatchObject({ workspace, written: true })

  const experiment = document.experiment as ExperimentRecord
  expect(experiment.settings.variants.length).toBeLessThanOrEqual(3)
  expect(experiment).toMatchObject({ status: 'finished', plan: { preset: 'quick' }, results: { differences: [] } })
  const applied = document.applied as AdviceEntry
  expect(applied.recommendation).toMatchObject({
    status: 'proved',
    prediction: { kind: 'range' },
    proof: { verdict: 'faster', experimentId: (document.proof as ExperimentRecord).id },
  })
  expect(readFileSync(join(workspace, 'orders.workflow.ts'), 'utf8').match(/\.variant\(/g)).toHaveLength(3)

  const page = readFileSync(String(document.report), 'utf8')
  expect(page).toMatch(/^<!doctype html>/i)
  expect(page).not.toMatch(/(?:src|href)="https?:/)
  expect(statSync(String(document.report)).size).toBeGreaterThan(10_000)

  const ids = [experiment.id, applied.id, experiment.trials[0]!.runId]
  for (const id of ids) expect(await strobe(workspace, 'show', id)).toMatchObject({ code: 0, err: '' })
  const listed = await strobe(workspace, 'list')
  for (const id of [experiment.id, applied.id]) expect(listed.out).toContain(id)
})

it('the demo runs again in the folder that is there, and tells its story in words', async () => {
  const { code, out } = await strobe(folder, 'demo')
  expect(code).toBe(0)
  const headings = [...out.matchAll(/^(\d) {2}(\w+)[^:\n]*: /gm)].map((match) => `${match[1]} ${match[2]}`)
  expect(headings).toEqual(['1 Measure', '2 Compare', '3 Find', '4 Apply', '5 Prove', '6 Report'])
  expect(out).toMatch(/^predicted {2}−\d.* % to −\d.* %$/m)
  expect(out).toMatch(/^measured {3}−\d.* % \[.*\] faster/m)
  expect(out).toMatch(/strobe-demo\/\.strobe\/reports\/.*\.html/)
})

it('the demo leaves a folder alone that holds something else', async () => {
  const { code, document } = await strobeJson(folder, 'demo', '--dir', folder)
  expect(code).toBe(2)
  expect(document.error).toMatchObject({ code: 'cli.folder-taken' })
})
