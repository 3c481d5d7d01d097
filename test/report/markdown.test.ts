import { describe, expect, it } from 'vitest'
import { formatChange, formatChangeWithInterval, formatDuration, formatShare } from '../../src/base/index.ts'
import { buildReport, type ReportModel, renderJson, renderMarkdown, selectSections } from '../../src/report/index.ts'
import { exploits, fullModel, replaceTexts } from './hostile-model.ts'
import { madeUpValues, sampleExperiment, sampleInput, sampleRun } from './sample-report.ts'

const model = buildReport(sampleInput())
const markdown = renderMarkdown(model)

/** HTML that the rendering itself makes. */
const ownTags = /<\/?(?:details|summary|sub|code)>/g

/** Without code between backticks: there everything is text. A backtick of a user is never one. */
const withoutCode = (text: string) => text.replace(/`[^`\n]*`/g, 'CODE')

/** What a reader sees, as far as that can be known without a parser: marks taken away, entities and escapes as what they stand for. */
function visibleText(text: string): string {
  return text
    .replace(/`([^`\n]*)`/g, '$1')
    .replace(ownTags, '')
    .replaceAll('&#8203;', '')
    .replace(/\\([*_[\]~|.)])/g, '$1')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, ' ')
}

describe('renderMarkdown', () => {
  const text = visibleText(markdown)
  const section = model.experiments[0]!

  it('begins with the headline', () => {
    expect(markdown.startsWith('## order-pricing\n\n**')).toBe(true)
    expect(text.slice(0, 200)).toContain(model.headline.sentence)
    expect(text).toContain(model.headline.basis)
  })

  it('ranks the variants with verdict, interval and median', () => {
    for (const row of section.ranking.filter(({ baseline }) => !baseline)) {
      expect(text).toContain(formatChangeWithInterval(row.ratio!, row.low, row.high))
      expect(text).toContain(`${row.sentence}.`)
    }
    expect(text).toContain('▼ faster')
    for (const { median } of section.variants) expect(text).toContain(formatDuration(median!))
    expect(markdown).toContain('| Change \\[98 % interval\\] |')
  })

  it('prints what every report must print', () => {
    const { design } = section
    const facts = [
      ...[String(design.seed), design.unit, section.caveat, section.results.sentence, '98 %', '±2 %'],
      ...design.looks.map(({ blocks, alpha }) => `${blocks} blocks (α ${alpha}`),
      ...section.flags.map((flag) => flag.text),
      '17 run, 16 counted, 1 invalidated (block 3: the machine slept)',
      ...[model.environments[0]!.cpuModel, model.environments[0]!.git!.commit],
    ]
    for (const fact of facts) expect(text).toContain(fact)
  })

  it('has a table of the nodes of both runs, and names every run', () => {
    for (const run of model.runs) {
      expect(text).toContain(run.id)
      for (const { path, durations, critical } of run.nodes!) {
        expect(text).toContain(`| ${path} |`)
        expect(text).toContain(formatDuration(durations!.total))
        expect(text).toContain(formatShare(critical!.share))
      }
    }
    expect(text).toContain('The self time of a cycle lies between its iterations')
    expect(text).toContain('loss (minimise) 1.20 → 0.0400')
  })

  it('puts predicted beside measured, for each recommendation and in the ledger', () => {
    const plain = markdown.replaceAll('\u00a0', ' ')
    const rows = plain.split('\n').filter((line) => line.includes(`${formatChange(0.42)} to ${formatChange(0.61)}`))
    expect(rows).toHaveLength(2)
    for (const row of rows)
      expect(visibleText(row)).toContain('−50.0 % [−52.0, −48.0] ▼ faster, inside the predicted range')
    expect(text).toContain('range unknown')
    expect(markdown).toContain('_not measured yet_')
  })

  it('has what the other parts of a report have: other metrics, odd blocks, estimates between looks', () => {
    const full = visibleText(renderMarkdown(fullModel()))
    expect(full).toContain('| CPU time | baseline |')
    expect(full).toContain('+1 in every trial')
    expect(full).toContain('| 4 | yes, flagged | overlapped: busy |')
    expect(full).toContain('_Over all 17 blocks, without a verdict: overlapped −50.0 %, batched no data.')
    expect(full).toContain('Extended | at 9 blocks, cap 9 → 16')
    expect(full).toContain('≠ different result')
    expect(full).toContain('failed user.error the API said 500')
  })

  it('has tables whose rows have as many cells as their heading', () => {
    const cellsOf = (line: string) => withoutCode(line).replace(/\\./g, '').split('|').length
    const lines = renderMarkdown(fullModel()).split('\n')
    const tables = lines.filter((line, place) => line.startsWith('|') && !lines[place - 1]!.startsWith('|'))
    expect(tables.length).toBeGreaterThan(9)
    let heading = ''
    for (const [place, line] of lines.entries()) {
      if (!line.startsWith('|')) continue
      if (!lines[place - 1]!.startsWith('|')) {
        heading = line
        expect(lines[place - 1]).toBe('')
        expect(lines[place + 1]).toMatch(/^\|(?: (?::--|--:) \|)+$/)
      }
      expect(cellsOf(line), line).toBe(cellsOf(heading))
    }
  })

  it('is the same text for the same input, also when the model went through JSON', () => {
    expect(renderMarkdown(buildReport(sampleInput()))).toBe(markdown)
    const parsed = JSON.parse(renderJson(model)) as { report: ReportModel }
    expect(renderMarkdown(parsed.report)).toBe(markdown)
  })

  it('has only the parts that were chosen', () => {
    const only = (name: ReportModel['sections'][number]) => renderMarkdown(selectSections(model, [name]))
    expect(only('runs')).toContain('### Where the time went')
    expect(only('runs')).not.toMatch(/What to do|Machine and source|How it was measured/)
    expect(only('advice')).toMatch(/What to do[\s\S]*Ledger/)
    expect(only('advice')).not.toContain('### Where')
    expect(only('appendix')).toContain('Machine and source')
    expect(only('experiments')).toContain('How it was measured')
    for (const name of model.sections) expect(only(name)).toContain('**overlapped is 50.0 % faster')
  })
})

describe('renderMarkdown: what is not there', () => {
  it('reads "no data"', () => {
    const crashed = sampleRun({
      ...{ reason: 'crashed', value: null, result: undefined as never, cycles: [], peakMemory: undefined as never },
      error: { code: 'runtime.crashed', message: 'The process died of SIGSEGV.' },
    })
    const short = { baseline: madeUpValues(64, 2, 1), other: madeUpValues(32, 2, 2) }
    const none = { baseline: madeUpValues(64, 16, 1), other: madeUpValues(64, 16, 1).map(() => null) }
    for (const input of [
      { experiments: [], runs: [{ record: crashed, label: 'run' }] },
      { experiments: [{ record: sampleExperiment(short) }], runs: [] },
      { experiments: [{ record: sampleExperiment(none) }], runs: [] },
      { experiments: [], runs: [], advice: [] },
    ]) {
      const text = renderMarkdown(buildReport(sampleInput(input)))
      expect(text.replaceAll('\u00a0', ' ')).toContain('no data')
      expect(text).not.toMatch(/NaN|Infinity|undefined|null/)
    }
  })
})

it('renderMarkdown stays small enough for a comment, however much was measured', () => {
  const values = Object.fromEntries(
    Array.from({ length: 8 }, (_, variant) => [
      variant === 0 ? 'baseline' : `variant-${variant}`,
      madeUpValues(50 + variant, 16, variant),
    ]),
  )
  const experiments = Array.from({ length: 50 }, (_, place) => ({
    record: { ...sampleExperiment(values), id: `x${place}` },
  }))
  const advice = Array.from({ length: 60 }, (_, place) => ({ ...sampleInput().advice[0]!, id: `a${place}` }))
  const text = renderMarkdown(buildReport(sampleInput({ experiments, advice })))
  expect(text.length).toBeLessThan(65_536)
  expect(text).toContain('more experiments left out.')
  expect(text).toContain('more recommendations left out.')
  expect(text).toContain('older recommendations left out.')
})

describe.each(exploits)('renderMarkdown: %s stays text', (_name, evil) => {
  const text = renderMarkdown(replaceTexts(fullModel(), evil))
  const calm = renderMarkdown(replaceTexts(fullModel(), 'calm'))
  const outside = withoutCode(text)

  it('in every text of the model', () => {
    // No HTML, links, pictures, mentions, references or mathematics besides what the rendering itself writes.
    const bare = outside
      .replace(ownTags, '')
      .replaceAll('&#8203;', '\u200b')
      .replace(/&#\d+;/g, '')
    expect(bare).not.toMatch(/[<>$&]/)
    expect(bare).not.toMatch(/(?<!\\)[[\]]|:\/\/|\bwww\.|[@#]\w|:\+?[a-z]\w*:/i)
    expect(bare.replace(/\\[*_[\]~|.)]/g, '')).not.toMatch(/\\|~/)
    expect((text.match(/`/g)?.length ?? 0) % 2).toBe(0)
  })

  it('and what the page is made of stays the same, line by line', () => {
    const shapeOf = (line: string) => {
      const marks = withoutCode(line).replace(/\\./g, '')
      const begin = /^(?:#+ |- |\| |\*\*|_|<\/?\w+>)?/.exec(marks)![0]
      return `${begin}${marks.split('|').length}${marks.match(/\*\*/g)?.length ?? 0}`
    }
    expect(text.split('\n').map(shapeOf)).toEqual(calm.split('\n').map(shapeOf))
  })

  it('and can be read', () => {
    expect(visibleText(text)).toContain(evil.replaceAll('\u0000', '\ufffd').replace(/\s+/g, ' ').trim())
  })
})
