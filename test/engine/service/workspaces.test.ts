import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStudio } from '../../../src/engine/index.ts'
import { methods } from '../../../src/protocol/index.ts'
import { folderWithRuns, openTestStudio, refusal, temporaryFolder, until } from './test-studio.ts'

describe('the studio', () => {
  it('does all methods of the contract', async () => {
    const { service } = await openTestStudio()
    expect(Object.keys(service.handlers).sort()).toEqual(Object.keys(methods).sort())
  })

  it('begins without a workspace, and says so to whoever asks for something of one', async () => {
    const { client } = await openTestStudio()
    expect(await client.call('studio.state', {})).toEqual({
      version: expect.stringMatching(/^\d+\.\d+/),
      workspace: null,
      recent: [],
    })
    for (const name of ['workflows.list', 'runs.list', 'experiments.list', 'advice.list', 'budgets.list'] as const) {
      expect(await refusal(client.call(name, {}))).toMatchObject({ code: 'studio.no-workspace' })
    }
    expect(await refusal(client.call('workspace.trust', { trusted: true }))).toMatchObject({
      code: 'studio.no-workspace',
    })
  })

  it('opens a folder, tells everybody, and remembers it', async () => {
    const { client, told, dataDirectory } = await openTestStudio({ clock: () => 5000 })
    const folder = temporaryFolder()
    const state = await client.call('workspace.open', { path: folder })
    expect(state.workspace).toEqual({ path: folder, name: basename(folder), trusted: false, samples: false })
    expect(state.recent).toEqual([{ path: folder, name: basename(folder), openedAt: 5000 }])
    await until(() => told('studio').length === 1)
    expect(told('studio')).toEqual([state])
    expect(await client.call('runs.list', {})).toEqual({ total: 0, offset: 0, rows: [] })
    const again = await openTestStudio({ dataDirectory })
    expect(await again.client.call('studio.state', {})).toEqual({ ...state, workspace: null })
  })

  it('opens the folder that it is started with', async () => {
    const folder = temporaryFolder()
    const { client } = await openTestStudio({ workspace: folder })
    expect((await client.call('studio.state', {})).workspace?.path).toBe(folder)
    expect(() => openStudio({ dataDirectory: temporaryFolder(), workspace: join(folder, 'none') })).toThrow(/no folder/)
  })

  it('opens a link as the folder that it leads to', async () => {
    const { client } = await openTestStudio()
    const folder = temporaryFolder()
    const link = join(temporaryFolder(), 'link')
    symlinkSync(folder, link)
    expect((await client.call('workspace.open', { path: link })).workspace?.path).toBe(folder)
  })

  it.each([
    ['is not there', (folder: string) => join(folder, 'none')],
    ['is a file', (folder: string) => join(folder, 'file')],
  ])('refuses what %s, and what was open stays', async (_what, pathIn) => {
    const { client } = await openTestStudio()
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    await client.call('workspace.open', { path: folder })
    const path = pathIn(folder)
    expect(await refusal(client.call('workspace.open', { path }))).toMatchObject({
      code: 'studio.no-folder',
      data: { path },
    })
    expect((await client.call('studio.state', {})).workspace?.path).toBe(folder)
  })

  it('closes one workspace when it opens another', async () => {
    const first = folderWithRuns([{ id: 'r1' }])
    const second = folderWithRuns([{ id: 'r2' }])
    const { client } = await openTestStudio({ workspace: first })
    await client.call('workspace.open', { path: second })
    expect((await client.call('runs.list', {})).rows.map(({ id }) => id)).toEqual(['r2'])
    // SQLite takes its files away when the last connection is closed.
    expect(existsSync(join(first, '.strobe', 'strobe.db-wal'))).toBe(false)
  })
})

describe('recent workspaces', () => {
  it('come latest first, without those that are gone or were taken off, thirty at most', async () => {
    let now = 0
    const { client } = await openTestStudio({ clock: () => ++now })
    const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
    for (const path of [...folders, folders[0]!]) await client.call('workspace.open', { path })
    const paths = async () => (await client.call('studio.state', {})).recent.map(({ path }) => path)
    expect(await paths()).toEqual([folders[0], folders[2], folders[1]])
    rmSync(folders[2]!, { recursive: true })
    expect(await paths()).toEqual([folders[0], folders[1]])
    await client.call('workspace.forget', { path: folders[0]! })
    expect(await paths()).toEqual([folders[1]])
    const parent = temporaryFolder()
    for (let number = 0; number < 35; number++) {
      mkdirSync(join(parent, String(number)))
      await client.call('workspace.open', { path: join(parent, String(number)) })
    }
    expect((await paths()).length).toBe(30)
  })

  it('are none where their file was damaged; it is written anew, for its owner only', async () => {
    const dataDirectory = temporaryFolder()
    writeFileSync(join(dataDirectory, 'recent.json'), '{"folders": [{"path": 7}]}')
    const { client } = await openTestStudio({ dataDirectory })
    expect((await client.call('studio.state', {})).recent).toEqual([])
    await client.call('workspace.open', { path: temporaryFolder() })
    expect((await client.call('studio.state', {})).recent.length).toBe(1)
    expect(statSync(join(dataDirectory, 'recent.json')).mode & 0o777).toBe(0o600)
  })
})

describe('a workspace that cannot be shown', () => {
  const databaseOf = (folder: string) => join(folder, '.strobe', 'strobe.db')

  it('of a newer version says so instead of failing, and opens when that is mended', async () => {
    const folder = folderWithRuns([{ id: 'r1' }])
    const setVersion = (version: number) => {
      const database = new Database(databaseOf(folder))
      const before = Number(database.pragma('user_version', { simple: true }))
      database.pragma(`user_version = ${version}`)
      database.close()
      return before
    }
    const before = setVersion(99)
    const { client } = await openTestStudio()
    const { workspace } = await client.call('workspace.open', { path: folder })
    expect(workspace).toMatchObject({ path: folder, problem: expect.stringContaining('newer Strobe') })
    expect(await refusal(client.call('runs.list', {}))).toMatchObject({
      code: 'studio.workspace-problem',
      message: workspace?.problem,
    })
    setVersion(before)
    expect((await client.call('workspace.open', { path: folder })).workspace).not.toHaveProperty('problem')
    expect((await client.call('runs.list', {})).total).toBe(1)
  })

  it('whose database is something else is left as it is', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '.strobe'))
    const text = 'This is no database. '.repeat(100)
    writeFileSync(databaseOf(folder), text)
    const { client } = await openTestStudio()
    const { workspace } = await client.call('workspace.open', { path: folder })
    expect(workspace?.problem).toContain('no database')
    expect(readFileSync(databaseOf(folder), 'utf8')).toBe(text)
  })

  it('whose database turns out to be damaged is given up, and everybody is told', async () => {
    const folder = folderWithRuns([{ id: 'r1' }])
    const { client, told } = await openTestStudio({ workspace: folder })
    const database = new Database(databaseOf(folder))
    database.exec(`UPDATE runs SET document = json_set(document, '$.repeats', json('{"$f64": "no base 64"}'))`)
    database.close()
    const error = await refusal(client.call('runs.list', {}))
    expect(error).toMatchObject({ code: 'store.damaged' })
    await until(() => told('studio').length === 1)
    expect(told('studio')[0]?.workspace).toMatchObject({ path: folder, problem: (error as Error).message })
    expect(await refusal(client.call('runs.list', {}))).toMatchObject({ code: 'studio.workspace-problem' })
  })
})

describe('folders to choose from', () => {
  it('are listed by name, with what is a workspace, and without what is hidden', async () => {
    const folder = temporaryFolder()
    for (const name of ['beta', 'alpha', '.hidden', 'measured/.strobe'])
      mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'beta', 'x.workflow.ts'), '')
    writeFileSync(join(folder, 'file.txt'), '')
    symlinkSync(join(folder, 'beta'), join(folder, 'link'))
    symlinkSync(join(folder, 'file.txt'), join(folder, 'link.txt'))
    symlinkSync(join(folder, 'none'), join(folder, 'loose'))
    const { client } = await openTestStudio()
    const listing = await client.call('folders.list', { path: folder })
    expect(listing.folders).toEqual([
      { name: 'alpha', path: join(folder, 'alpha'), isWorkspace: false },
      { name: 'beta', path: join(folder, 'beta'), isWorkspace: true },
      { name: 'link', path: join(folder, 'link'), isWorkspace: true },
      { name: 'measured', path: join(folder, 'measured'), isWorkspace: true },
    ])
    expect(listing.parent).toBe(join(folder, '..'))
    expect((await client.call('folders.list', {})).path).toBe(homedir())
    expect(await client.call('folders.list', { path: '/' })).not.toHaveProperty('parent')
    expect(await refusal(client.call('folders.list', { path: join(folder, 'none') }))).toMatchObject({
      code: 'studio.no-folder',
    })
  })
})
