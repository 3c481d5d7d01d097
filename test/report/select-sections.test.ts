import { describe, expect, it } from 'vitest'
import {
  buildReport,
  type ReportSectionName,
  renderHtml,
  reportSections,
  selectSections,
} from '../../src/report/index.ts'
import { sampleInput } from './sample-report.ts'

const model = buildReport(sampleInput())

/** What only one section has, in any rendering that shows it. */
const marks: Readonly<Record<ReportSectionName, string>> = {
  experiments: 'Every trial, in the order in which they ran',
  runs: 'Where the time went',
  advice: 'Ledger: what was predicted and what it brought',
  appendix: 'Machine and source',
}

describe('selectSections', () => {
  it('leaves a report as it is where all is asked for', () => {
    expect(model.sections).toEqual(reportSections)
    expect(selectSections(model, reportSections)).toEqual(model)
  })

  it.each(reportSections)('takes %s out, and nothing else', (out) => {
    const rest = reportSections.filter((name) => name !== out)
    const page = renderHtml(selectSections(model, rest))
    for (const name of reportSections) expect(page.includes(marks[name]), name).toBe(name !== out)
    expect(page).toContain(model.headline.sentence)
  })

  it.each(reportSections)('leaves only %s', (only) => {
    const selected = selectSections(model, [only])
    expect(selected.sections).toEqual([only])
    expect(selected.headline).toBe(model.headline)
    const page = renderHtml(selected)
    for (const name of reportSections) expect(page.includes(marks[name]), name).toBe(name === only)
    expect(page).not.toMatch(/NaN|Infinity|undefined/)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(page).toContain(`id="${target}"`)
  })

  it('names sections in the order of a report, each once, and does not bring back what was taken out', () => {
    const two = selectSections(model, ['advice', 'experiments', 'advice'])
    expect(two.sections).toEqual(['experiments', 'advice'])
    expect(selectSections(two, reportSections)).toEqual(two)
  })

  it('points at no machine where machines are left out', () => {
    const { environments, experiments, runs } = selectSections(model, ['experiments', 'runs'])
    expect(environments).toEqual([])
    for (const { environment } of [...experiments, ...runs]) expect(environment).toBeNull()
    expect(model.runs[0]!.environment).toBe(0)
  })
})
