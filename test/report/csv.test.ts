import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  buildReport,
  csvColumns,
  type ReportModel,
  renderCsv,
  renderJson,
  selectSections,
} from '../../src/report/index.ts'
import { exploits, fullModel, replaceTexts } from './hostile-model.ts'
import { sampleInput } from './sample-report.ts'

/** A reader of RFC 4180, strict: what it forbids throws. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let place = 0
  while (place < text.length) {
    let field = ''
    if (text[place] === '"') {
      for (place++; ; place++) {
        if (place >= text.length) throw new Error('a quoted field without an end')
        if (text[place] !== '"') field += text[place]
        else if (text[place + 1] === '"') field += text[++place]
        else break
      }
      place++
    } else {
      const end = place + /^[^,\r\n"]*/.exec(text.slice(place))![0].length
      field = text.slice(place, end)
      place = end
    }
    rows.at(-1)!.push(field)
    if (text[place] === ',') place++
    else if (text.startsWith('\r\n', place)) {
      place += 2
      if (place < text.length) rows.push([])
    } else throw new Error(`unexpected ${JSON.stringify(text[place])} at ${place}`)
  }
  return rows
}

type Line = Readonly<Record<string, string>>

function linesOf(text: string): Line[] {
  const [heading, ...rows] = readCsv(text)
  return rows.map((row) => Object.fromEntries(heading!.map((name, place) => [name, row[place]!])))
}

const model = buildReport(sampleInput())
const csv = renderCsv(model)
const lines = linesOf(csv)
const tableOf = (name: string, all = lines) => all.filter(({ table }) => table === name)

describe('renderCsv', () => {
  it('is one rectangle of records that end as RFC 4180 has it', () => {
    const rows = readCsv(csv)
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length)
    expect(csv.endsWith('\r\n')).toBe(true)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(new Set(lines.map(({ table }) => table))).toEqual(
      new Set(['trial', 'variant', 'run', 'node', 'iteration', 'recommendation']),
    )
  })

  it('has the columns that its page in docs/ says, each with what it holds', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'report.md'), 'utf8')
    const documented = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, name, holds]) => [name, holds])
    expect(documented.slice(-Object.keys(csvColumns).length)).toEqual(Object.entries(csvColumns))
    expect(readCsv(csv)[0]).toEqual(Object.keys(csvColumns))
  })

  it('has a row for every trial, in the order in which they ran, and its metrics', () => {
    const full = fullModel()
    const [section] = full.experiments
    const trials = tableOf('trial', linesOf(renderCsv(full)))
    expect(trials).toHaveLength(section!.trials.length)
    for (const [place, { runId, block, variant, value, counted, leftOut, metrics }] of section!.trials.entries()) {
      expect(trials[place]).toMatchObject({
        ...{ run: runId, block: String(block + 1), variant: section!.variants[variant]!.name, value_ns: String(value) },
        ...{ counted: String(counted), left_out: leftOut ?? '', cpu_ns: String(metrics!.cpu), ended: 'finished' },
        ...{ peak_heap_bytes: String(metrics!['peak-heap']), calls: String(metrics!.calls), gc_ns: '' },
      })
    }
    // Each place of a block once.
    const first = trials.filter(({ block }) => block === '1').map(({ position }) => position)
    expect(first).toEqual(['1', '2', '3'])
    expect(
      trials.filter(({ disturbed }) => disturbed === 'busy').map(({ block, variant }) => [block, variant]),
    ).toEqual([['4', 'overlapped']])
  })

  it('has a row for every variant, run, node, iteration and recommendation', () => {
    const [faster] = tableOf('variant')
    const row = model.experiments[0]!.ranking[0]!
    expect(faster).toMatchObject({
      verdict: 'faster',
      ratio: String(row.ratio),
      ratio_low: String(row.low),
      level: '0.98',
    })
    expect(tableOf('run').map(({ run, value_ns: value }) => [run, value])).toEqual([
      ['r00000000000b1', '64000000'],
      ['r00000000000b2', '32000000'],
    ])
    expect(tableOf('run')[0]!.started).toBe('2026-01-15T10:00:00.000Z')
    expect(tableOf('node').map(({ run, node }) => `${run} ${node}`)).toContain('r00000000000b1 fit/step')
    expect(
      tableOf('iteration')
        .slice(0, 4)
        .map(({ iteration, metric, metric_name: of }) => [iteration, of, metric]),
    ).toEqual([
      ['0', 'loss', '1.2'],
      ['1', 'loss', '0.4'],
      ['2', 'loss', '0.11'],
      ['3', 'loss', '0.04'],
    ])
    expect(tableOf('recommendation').map(({ status, predicted_low: low, ratio }) => [status, low, ratio])).toEqual([
      ['proved', '0.42', '0.5'],
      ['open', '', ''],
    ])
  })

  it('writes numbers that any program reads, and nothing where there is no data', () => {
    const units = Object.keys(csvColumns).filter((name) => /_ns$|_bytes$|ratio|level|trials|block|position/.test(name))
    for (const line of lines) for (const name of units) expect(line[name]).toMatch(/^(?:-?\d+(?:\.\d+)?(?:e-?\d+)?)?$/)
    expect(csv).not.toMatch(/NaN|Infinity|undefined|null|\u202f|−/)
    const none = { ...model, experiments: [], runs: [], ledger: [] }
    expect(readCsv(renderCsv(none))).toEqual([Object.keys(csvColumns)])
    // An estimate without an interval is none.
    const early = model.experiments.map((section) => ({
      ...section,
      ranking: section.ranking.map((row) => ({ ...row, verdict: null, low: null, high: null })),
    }))
    const variants = tableOf('variant', linesOf(renderCsv({ ...model, experiments: early })))
    expect(variants.map(({ ratio }) => ratio)).toEqual(['', '', '1'])
  })

  it('has only the parts that were chosen, and is the same when the model went through JSON', () => {
    const only = (name: ReportModel['sections'][number]) => [
      ...new Set(linesOf(renderCsv(selectSections(model, [name]))).map(({ table }) => table)),
    ]
    expect(only('experiments')).toEqual(['trial', 'variant'])
    expect(only('runs')).toEqual(['run', 'node', 'iteration'])
    expect(only('advice')).toEqual(['recommendation'])
    expect(only('appendix')).toEqual([])
    expect(renderCsv((JSON.parse(renderJson(model)) as { report: ReportModel }).report)).toBe(csv)
  })
})

describe.each(exploits)('renderCsv: %s', (_name, evil) => {
  const hostile = renderCsv(replaceTexts(fullModel(), evil))
  const rows = readCsv(hostile)

  it('stays within its cell', () => {
    expect(rows).toHaveLength(readCsv(renderCsv(fullModel())).length)
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length)
  })

  it('is no formula for any spreadsheet', () => {
    for (const row of rows) {
      for (const cell of row) {
        if (/^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/.test(cell)) continue
        expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/)
      }
    }
  })

  it('can be read back', () => {
    const shown = evil.replaceAll('\u0000', '\ufffd')
    expect(rows.flat().some((cell) => cell.startsWith(shown) || cell.startsWith(`'${shown}`))).toBe(true)
  })
})
