import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import {
  type Engine,
  exportReport,
  openEngine,
  reportFormatNames,
  reportFormats,
  runOnce,
} from '../../src/engine/index.ts'
import { strobe, strobeJson } from '../cli/strobe-process.ts'
import { newWorkspace } from '../loop/workspace.ts'

const progress = silentProgress()
const missing = reportFormats().find(({ name }) => name === 'pdf')?.missing
if (missing !== undefined) console.warn(`Skipped: a report as PDF. ${missing}`)

describe('exportReport', () => {
  let engine: Engine
  let run: string

  beforeAll(async () => {
    engine = openEngine({ workspace: newWorkspace('engine') })
    run = (await runOnce(engine, { file: 'tiny.workflow.ts' }, progress)).id
  })
  afterAll(() => engine.close())

  const textOf = async (format: string, ...rest: [sections?: Parameters<typeof exportReport>[3]]) =>
    Buffer.from((await exportReport(engine, { runs: [run] }, format, ...rest)).bytes).toString()

  it.each(['html', 'markdown', 'json', 'csv'])('makes a report as %s, which names its run', async (format) => {
    const made = await exportReport(engine, { runs: [run] }, format)
    const { extension, mediaType } = reportFormats().find(({ name }) => name === format)!
    expect(made).toMatchObject({ mediaType, fileName: `strobe-${run}.${extension}` })
    expect(Buffer.from(made.bytes).toString()).toContain(run)
  })

  it.skipIf(missing !== undefined)('makes one as PDF', async () => {
    const { bytes, mediaType, fileName } = await exportReport(engine, { runs: [run] }, 'pdf')
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^%PDF-/)
    expect([mediaType, fileName]).toEqual(['application/pdf', `strobe-${run}.pdf`])
  })

  it('leaves out what was not chosen, and takes a title', async () => {
    expect(await textOf('markdown')).toContain('Machine and source')
    expect(await textOf('markdown', ['runs'])).not.toContain('Machine and source')
    const titled = await exportReport(engine, { runs: [run], title: 'Night of the batches' }, 'html')
    expect(Buffer.from(titled.bytes).toString()).toContain('<title>Night of the batches')
  })

  it('refuses what it does not know', async () => {
    await expect(textOf('docx')).rejects.toMatchObject({
      code: 'report.unknown-format',
      message: expect.stringContaining(reportFormatNames.join(', ')),
    })
    await expect(exportReport(engine, {}, 'html')).rejects.toMatchObject({ code: 'engine.nothing-to-report' })
  })

  it('is what the command line writes', async () => {
    const { code, document } = await strobeJson<{ file: string; sections: string[] }>(
      engine.workspace,
      ...['report', run, '--format', 'csv', '--sections', 'appendix,runs'],
    )
    expect(code).toBe(0)
    expect(document.file).toMatch(new RegExp(`reports/strobe-${run}\\.csv$`))
    expect(document.sections).toEqual(['runs', 'appendix'])
    const wrong = await strobe(engine.workspace, 'report', run, '--sections', 'runs,trials')
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('experiments, runs, advice, appendix') })
  })

  it('says on the command line what is missing for a PDF', async () => {
    const before = process.env.STROBE_CHROMIUM
    process.env.STROBE_CHROMIUM = '/nowhere/chromium'
    try {
      const { code, document } = await strobeJson<{ error: { code: string; message: string } }>(
        engine.workspace,
        ...['report', run, '--format', 'pdf'],
      )
      expect(code).toBe(1)
      expect(document.error).toMatchObject({ code: 'report.no-browser', message: expect.stringContaining('/nowhere/') })
    } finally {
      if (before === undefined) delete process.env.STROBE_CHROMIUM
      else process.env.STROBE_CHROMIUM = before
    }
  })
})
