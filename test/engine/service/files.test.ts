import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openEngine } from '../../../src/engine/index.ts'
import { Blobs } from '../../../src/engine/service/blobs.ts'
import { traceBlob } from '../../../src/protocol/index.ts'
import { decodeTrace, frameOf } from '../../../src/trace/index.ts'
import { recordRun } from '../../fixtures/record-run.ts'
import { sampleRecord, sampleTrace } from '../../trace/sample-run.ts'
import { folderWithRuns, openTestStudio, refusal, temporaryFolder } from './test-studio.ts'

describe('source lines', () => {
  const text = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n')

  async function withFile() {
    const workspace = join(temporaryFolder(), 'own')
    mkdirSync(join(workspace, 'src'), { recursive: true })
    writeFileSync(join(workspace, 'src', 'step.ts'), text)
    return { workspace, ...(await openTestStudio({ workspace })) }
  }

  it('are those around the one that was asked for', async () => {
    const { client, workspace } = await withFile()
    const excerpt = await client.call('source.read', { file: 'src/step.ts', line: 10, around: 2 })
    expect(excerpt).toEqual({
      ...{ file: 'src/step.ts', first: 8, changed: false },
      lines: ['line 8', 'line 9', 'line 10', 'line 11', 'line 12'],
    })
    const ofPath = await client.call('source.read', { file: join(workspace, 'src', 'step.ts'), line: 10, around: 2 })
    expect(ofPath).toEqual(excerpt)
    const url = pathToFileURL(join(workspace, 'src', 'step.ts')).href
    expect(await client.call('source.read', { file: url, line: 10, around: 2 })).toEqual(excerpt)
  })

  it('end where the file ends, also when it was longer once', async () => {
    const { client } = await withFile()
    expect(await client.call('source.read', { file: 'src/step.ts', line: 1, around: 3 })).toMatchObject({
      ...{ first: 1, lines: ['line 1', 'line 2', 'line 3', 'line 4'] },
    })
    expect((await client.call('source.read', { file: 'src/step.ts', line: 500 })).lines).toEqual(['line 40'])
  })

  it('say whether the file was changed since', async () => {
    const { client, workspace } = await withFile()
    utimesSync(join(workspace, 'src', 'step.ts'), 1000, 1000)
    const changedSince = async (since: number) =>
      (await client.call('source.read', { file: 'src/step.ts', line: 1, since })).changed
    expect(await changedSince(999_000)).toBe(true)
    expect(await changedSince(1_001_000)).toBe(false)
  })

  /** What is asked for, made in the workspace where it must be there. */
  const refused: ReadonlyArray<readonly [what: string, code: string, make: (folder: string) => string]> = [
    ['a path upwards', 'studio.outside-workspace', () => '../../../../../../../../etc/passwd'],
    ['an absolute path', 'studio.outside-workspace', () => '/etc/passwd'],
    ['a URL', 'studio.outside-workspace', () => 'file:///etc/passwd'],
    ['a file of another machine', 'studio.no-source', () => 'file://server/etc/passwd'],
    ['a name with a null', 'studio.no-source', () => 'a\0b'],
    ['nothing that is there', 'studio.no-source', () => 'none.ts'],
    ['a folder', 'studio.no-source', () => 'src'],
    ['the workspace', 'studio.no-source', () => '.'],
    [
      'a link',
      'studio.outside-workspace',
      (folder) => {
        symlinkSync('/etc/passwd', join(folder, 'link'))
        return 'link'
      },
    ],
    [
      'a link to a folder',
      'studio.outside-workspace',
      (folder) => {
        symlinkSync('/etc', join(folder, 'etc'))
        return 'etc/passwd'
      },
    ],
    [
      'a neighbour whose name begins alike',
      'studio.outside-workspace',
      (folder) => {
        mkdirSync(`${folder}-neighbour`)
        writeFileSync(join(`${folder}-neighbour`, 'secret.ts'), 'secret')
        return join(`${folder}-neighbour`, 'secret.ts')
      },
    ],
    [
      'a pipe',
      'studio.no-source',
      (folder) => {
        execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')])
        return 'pipe'
      },
    ],
    [
      'something huge',
      'studio.source-too-large',
      (folder) => {
        writeFileSync(join(folder, 'huge.ts'), Buffer.alloc(9 * 2 ** 20))
        return 'huge.ts'
      },
    ],
  ]

  it.each(refused)('%s is refused', async (_what, code, make) => {
    const { client, workspace } = await withFile()
    expect(await refusal(client.call('source.read', { file: make(workspace), line: 1 }))).toMatchObject({ code })
  })
})

describe('blobs', () => {
  it('are traces as they were recorded, and never change once the run has ended', async () => {
    const workspace = temporaryFolder()
    const engine = openEngine({ workspace })
    engine.store.importRun(sampleRecord({ id: 'r1', reason: 'finished' }), sampleTrace(20))
    engine.close()
    const { service } = await openTestStudio({ workspace })
    const blob = await service.blob(traceBlob('r1'))
    expect(blob).toMatchObject({ immutable: true, mediaType: 'application/octet-stream' })
    expect(decodeTrace(blob!.bytes).trace).toEqual(sampleTrace(20))
  })

  it('of a run that is going on are what its log holds so far', async () => {
    const { service, client } = await openTestStudio()
    const workspace = temporaryFolder()
    await client.call('workspace.open', { path: workspace })
    const run = recordRun({ id: 'r2', reason: 'running' })
    writeFileSync(join(workspace, '.strobe', 'runs', 'r2.log'), frameOf('header', { run }))
    const blob = await service.blob(traceBlob('r2'))
    expect(blob?.immutable).toBe(false)
    expect(decodeTrace(blob!.bytes).trace?.origin).toBe(run.startedAt)
  })

  it.each(['trace-', 'trace-none', 'trace-../r1', 'trace-..%2fr1', 'report-none', '', 'strobe.db'])(
    'there is none called "%s"',
    async (id) => {
      const { service } = await openTestStudio({ workspace: folderWithRuns([{ id: 'r1' }]) })
      expect(await service.blob(id)).toBeUndefined()
    },
  )

  it('are none without a workspace', async () => {
    const { service } = await openTestStudio()
    expect(await service.blob('trace-r1')).toBeUndefined()
  })

  it('of reports are kept as long as there is room, the latest always', async () => {
    const blobs = new Blobs()
    const report = (size: number) => ({ bytes: new Uint8Array(size), mediaType: 'text/html', fileName: 'a.html' })
    const first = blobs.keep(report(10))
    const second = blobs.keep(report(40 * 2 ** 20))
    expect(blobs.get(first.blob, undefined)).toMatchObject({ fileName: 'a.html', mediaType: 'text/html' })
    const third = blobs.keep(report(40 * 2 ** 20))
    expect([first, second, third].map(({ blob }) => blobs.get(blob, undefined) !== undefined)).toEqual([
      false,
      false,
      true,
    ])
    const huge = blobs.keep(report(100 * 2 ** 20))
    expect(blobs.get(huge.blob, undefined)?.bytes.length).toBe(100 * 2 ** 20)
  })
})

describe('reports', () => {
  async function withRun() {
    const workspace = temporaryFolder()
    const engine = openEngine({ workspace })
    engine.store.importRun(sampleRecord({ id: 'r1', reason: 'finished' }), sampleTrace(20))
    engine.close()
    return openTestStudio({ workspace })
  }

  it('are built, and exported to be fetched', async () => {
    const { client, service, bugs } = await withRun()
    const model = await client.call('reports.build', { runs: ['r1'] })
    expect(model.runs.map(({ id }) => id)).toEqual(['r1'])
    const request = { runs: ['r1'], format: 'html', title: 'For the team', sections: ['runs'] } as const
    const exported = await client.call('reports.export', { ...request, runs: ['r1'], sections: ['runs'] })
    expect(exported).toMatchObject({ mediaType: 'text/html', fileName: expect.stringMatching(/\.html$/) })
    const blob = await service.blob(exported.blob)
    expect(blob).toMatchObject({ fileName: exported.fileName, mediaType: 'text/html' })
    expect(blob?.bytes.length).toBe(exported.bytes)
    expect(new TextDecoder().decode(blob?.bytes)).toContain('For the team')
    expect(bugs).toEqual([])
  })

  it('of nothing, or in no known format, are refused', async () => {
    const { client } = await withRun()
    expect(await refusal(client.call('reports.build', {}))).toMatchObject({ code: 'engine.nothing-to-report' })
    expect(await refusal(client.call('reports.export', { runs: ['r1'], format: 'docx' }))).toMatchObject({
      code: 'report.unknown-format',
    })
  })

  it('have formats, and each says what it needs that is missing', async () => {
    const { client } = await withRun()
    const formats = await client.call('reports.formats', {})
    expect(formats.map(({ name }) => name)).toEqual(expect.arrayContaining(['html', 'json', 'pdf']))
    for (const format of formats)
      expect(Object.keys(format).filter((key) => key !== 'missing')).toEqual(['name', 'extension'])
  })
})

describe('budgets', () => {
  it('are set, told, and taken away', async () => {
    const { client, told } = await openTestStudio({ workspace: temporaryFolder() })
    expect(await client.call('budgets.list', {})).toEqual({})
    await client.call('budgets.set', { workflow: 'orders', budget: { wall: 5e9 } })
    expect(await client.call('budgets.list', {})).toEqual({ orders: { wall: 5e9 } })
    expect(told('changed')).toEqual([['budgets']])
    expect(await client.call('budgets.set', { workflow: 'orders', budget: {} })).toEqual({})
  })

  it('that a person wrote wrongly are refused, and left', async () => {
    const workspace = temporaryFolder()
    writeFileSync(join(workspace, 'strobe.budgets.json'), '{"orders": 7')
    const { client } = await openTestStudio({ workspace })
    expect(await refusal(client.call('budgets.list', {}))).toMatchObject({ code: 'engine.bad-budgets' })
  })
})
