import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Jobs } from '../../../src/engine/service/jobs.ts'
import { ServiceEvents } from '../../../src/engine/service/service-events.ts'
import { watchWorkspace } from '../../../src/engine/service/workspace-watch.ts'
import { Workspaces } from '../../../src/engine/service/workspaces.ts'
import { folderWithRuns, temporaryFolder, until } from './test-studio.ts'

const stops: Array<() => void> = []
afterEach(() => {
  for (const stop of stops.splice(0).reverse()) stop()
})

const turn = () => new Promise((resolve) => setTimeout(resolve, 40))

async function watch() {
  const folder = temporaryFolder()
  const events = new ServiceEvents()
  const told: unknown[] = []
  events.on('changed', (changed) => told.push(changed))
  const workspaces = new Workspaces({ dataDirectory: temporaryFolder(), clock: Date.now, random: Math.random })
  const jobs = new Jobs(events, Date.now)
  workspaces.open(folder)
  stops.push(() => workspaces.close(), watchWorkspace({ workspaces, jobs, events }, 5))
  await turn()
  return { folder, told, jobs, workspaces }
}

describe('what others change in a workspace', () => {
  it('is told: runs of another process', async () => {
    const { folder, told } = await watch()
    expect(told).toEqual([])
    folderWithRuns([{ id: 'r1' }], folder)
    await until(() => told.length > 0)
    expect(told[0]).toEqual(['runs', 'experiments', 'advice', 'workflows'])
  })

  it('is told: workflows that come and go', async () => {
    const { folder, told } = await watch()
    writeFileSync(join(folder, 'a.workflow.ts'), '')
    await until(() => told.length === 1)
    rmSync(join(folder, 'a.workflow.ts'))
    await until(() => told.length === 2)
    expect(told).toEqual([['workflows'], ['workflows']])
  })

  it('is not looked for while a job measures, but after it', async () => {
    const { folder, told, jobs } = await watch()
    const ending = Promise.withResolvers<{ status: 'done' }>()
    jobs.start({ kind: 'samples' }, { title: 'a', run: () => ending.promise, force: () => {} })
    writeFileSync(join(folder, 'a.workflow.ts'), '')
    await turn()
    expect(told).toEqual([])
    ending.resolve({ status: 'done' })
    await until(() => told.length === 1)
  })

  it('is nothing where another workspace was opened', async () => {
    const { told, workspaces } = await watch()
    const other = folderWithRuns([{ id: 'r1' }])
    writeFileSync(join(other, 'a.workflow.ts'), '')
    workspaces.open(other)
    await turn()
    workspaces.close()
    await turn()
    expect(told).toEqual([])
  })
})
