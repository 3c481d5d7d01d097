import { describe, expect, it } from 'vitest'
import { buildReport, type ReportModel, renderJson } from '../../src/report/index.ts'
import { baselineRun, sampleInput } from './sample-report.ts'

describe('renderJson', () => {
  const model = buildReport(sampleInput())
  const parsed = JSON.parse(renderJson(model)) as { format: string; version: number; report: ReportModel }

  it('names its format and version', () => {
    expect(Object.keys(parsed)).toEqual(['format', 'version', 'conventions', 'report'])
    expect(parsed).toMatchObject({ format: 'strobe-report', version: 1 })
  })

  it('holds the whole model: nothing is lost on the way', () => {
    expect(parsed.report).toEqual(model)
  })

  it('is the same text for the same input', () => {
    expect(renderJson(buildReport(sampleInput()))).toBe(renderJson(model))
  })

  it('keeps the keys that others read', () => {
    expect(Object.keys(parsed.report)).toEqual([
      ...[
        'title',
        'madeAt',
        'headline',
        'sections',
        'environments',
        'workflow',
        'experiments',
        'runs',
        'pair',
        'advice',
        'ledger',
      ],
    ])
    expect(Object.keys(parsed.report.experiments[0]!.ranking[0]!).sort()).toMatchSnapshot()
    expect(Object.keys(parsed.report.runs[0]!).sort()).toMatchSnapshot()
  })

  it('writes what JSON has no number for as null, and typed arrays and odd params as plain data', () => {
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    const params = { list: Float64Array.of(1, Number.NaN), big: 12n, set: new Set([1]), cyclic, call: () => 1 }
    const odd = buildReport(sampleInput({ runs: [baselineRun({ params })] }))
    const report = (JSON.parse(renderJson({ ...odd, madeAt: Number.NaN })) as { report: ReportModel }).report
    expect(report.madeAt).toBeNull()
    expect(report.runs[0]!.params).toMatchObject({ list: [1, null], big: '12n', set: [1] })
    expect(report.runs[0]!.params).not.toHaveProperty('call')
  })
})
