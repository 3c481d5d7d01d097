import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JobRequest, StudioClient } from '../../../src/protocol/index.ts'
import { openTestStudio, refusal, temporaryFolder } from './test-studio.ts'

const requests: readonly JobRequest[] = [
  { kind: 'run', file: 'evil.workflow.ts' },
  { kind: 'compare', file: 'evil.workflow.ts' },
  { kind: 'extend', id: 'x' },
  { kind: 'apply', id: 'a' },
]

/** A workspace whose code leaves a mark when it is loaded. */
function evilFolder(): { folder: string; hasRun: () => boolean } {
  const folder = temporaryFolder()
  const mark = join(folder, 'mark')
  writeFileSync(
    join(folder, 'evil.workflow.ts'),
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(mark)}, '')\n`,
  )
  return { folder, hasRun: () => existsSync(mark) }
}

const isTrusted = async (client: StudioClient) => (await client.call('studio.state', {})).workspace?.trusted

describe('a workspace that nobody trusted', () => {
  it.each(requests)('refuses the job "$kind", and nothing of it runs', async (request) => {
    const { folder, hasRun } = evilFolder()
    const { client } = await openTestStudio({ workspace: folder })
    const error = await refusal(client.call('jobs.start', request))
    expect(error).toMatchObject({ code: 'studio.untrusted', data: { path: folder } })
    expect(await client.call('jobs.list', {})).toEqual([])
    expect(hasRun()).toBe(false)
  })

  it('refuses to check a file', async () => {
    const { folder, hasRun } = evilFolder()
    const { client } = await openTestStudio({ workspace: folder })
    expect(await refusal(client.call('workflows.check', { file: 'evil.workflow.ts' }))).toMatchObject({
      code: 'studio.untrusted',
    })
    expect(hasRun()).toBe(false)
  })

  it('can be looked at, and nothing of it runs', async () => {
    const { folder, hasRun } = evilFolder()
    const { client } = await openTestStudio({ workspace: folder })
    expect(await client.call('workflows.list', {})).toEqual([{ file: 'evil.workflow.ts', runs: 0, experiments: 0 }])
    await client.call('source.read', { file: 'evil.workflow.ts', line: 1 })
    await client.call('runs.list', {})
    await client.call('advice.list', {})
    expect(hasRun()).toBe(false)
  })
})

describe('trust', () => {
  it('is kept by the studio until it is taken back', async () => {
    const workspace = temporaryFolder()
    const { client, dataDirectory } = await openTestStudio({ workspace })
    expect((await client.call('workspace.trust', { trusted: true })).workspace?.trusted).toBe(true)
    const again = await openTestStudio({ workspace, dataDirectory })
    expect(await isTrusted(again.client)).toBe(true)
    await again.client.call('workspace.trust', { trusted: false })
    // The first studio hears of it at its next question.
    expect(await isTrusted(client)).toBe(false)
    expect(await refusal(client.call('jobs.start', requests[0]!))).toMatchObject({ code: 'studio.untrusted' })
  })

  it('of a folder is not that of what lies in it or above it', async () => {
    const parent = temporaryFolder()
    const child = join(parent, 'child')
    mkdirSync(join(child, 'grandchild'), { recursive: true })
    const { client } = await openTestStudio({ workspace: child })
    await client.call('workspace.trust', { trusted: true })
    for (const path of [parent, join(child, 'grandchild')]) {
      expect((await client.call('workspace.open', { path })).workspace?.trusted).toBe(false)
    }
    expect((await client.call('workspace.open', { path: child })).workspace?.trusted).toBe(true)
  })

  it('is that of the folder, not of a name that leads to it', async () => {
    const [first, second, names] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
    const link = join(names, 'link')
    symlinkSync(first, link)
    const { client, dataDirectory } = await openTestStudio({ workspace: link })
    await client.call('workspace.trust', { trusted: true })
    symlinkSync(second, join(names, 'other'))
    const other = await openTestStudio({ workspace: join(names, 'other'), dataDirectory })
    expect(await isTrusted(other.client)).toBe(false)
    expect((await other.client.call('workspace.open', { path: first })).workspace?.trusted).toBe(true)
  })

  it('given at the start lasts as long as the studio, and only for that folder', async () => {
    const workspace = temporaryFolder()
    const { client, dataDirectory } = await openTestStudio({ workspace, trustWorkspace: true })
    expect(await isTrusted(client)).toBe(true)
    expect((await client.call('workspace.open', { path: temporaryFolder() })).workspace?.trusted).toBe(false)
    expect((await client.call('workspace.open', { path: workspace })).workspace?.trusted).toBe(true)
    await client.call('workspace.trust', { trusted: false })
    expect(await isTrusted(client)).toBe(false)
    expect(await isTrusted((await openTestStudio({ workspace, dataDirectory })).client)).toBe(false)
  })

  it('is nobody’s where its file was damaged', async () => {
    const dataDirectory = temporaryFolder()
    const workspace = temporaryFolder()
    writeFileSync(join(dataDirectory, 'trust.json'), `["${workspace}"]`)
    expect(await isTrusted((await openTestStudio({ workspace, dataDirectory })).client)).toBe(false)
  })
})

describe('the samples', () => {
  it('are the studio’s own copy, trusted, and made once', async () => {
    const { client, dataDirectory } = await openTestStudio()
    const { workspace } = await client.call('workspace.openSamples', {})
    expect(workspace).toEqual({ path: join(dataDirectory, 'samples'), name: 'Samples', trusted: true, samples: true })
    const files = (await client.call('workflows.list', {})).map(({ file }) => file)
    expect(files).toEqual(['k-means.workflow.ts', 'orders.workflow.ts'])
    writeFileSync(join(dataDirectory, 'samples', 'orders.workflow.ts'), '// mine')
    await client.call('workspace.open', { path: temporaryFolder() })
    await client.call('workspace.openSamples', {})
    const { lines } = await client.call('source.read', { file: 'orders.workflow.ts', line: 1 })
    expect(lines).toEqual(['// mine'])
  })

  it('are measured nowhere else', async () => {
    const { client } = await openTestStudio({ workspace: temporaryFolder(), trustWorkspace: true })
    expect(await refusal(client.call('jobs.start', { kind: 'samples' }))).toMatchObject({ code: 'studio.not-samples' })
  })
})
