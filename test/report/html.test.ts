import { describe, expect, it } from 'vitest'
import {
  formatChange,
  formatChangeWithInterval,
  formatCount,
  formatDuration,
  formatShare,
} from '../../src/base/index.ts'
import { buildReport, type ReportModel, renderHtml, renderings, renderJson } from '../../src/report/index.ts'
import { exploits, fullModel, replaceTexts } from './hostile-model.ts'
import { largeTrace } from './large-trace.ts'
import {
  baselineRun,
  madeUpValues,
  sampleExperiment,
  sampleInput,
  sampleRecommendation,
  sampleRun,
  someTime,
} from './sample-report.ts'

const model = buildReport(sampleInput())
const page = renderHtml(model)

/** What a reader sees: no tags, no style, entities as the characters that they stand for. */
function visibleText(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&#96;/g, '`')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
}

describe('renderHtml: one file that needs nothing else', () => {
  it('refers to nothing outside of itself', () => {
    const references = [
      ...page.matchAll(/\s(?:src|href|xlink:href|action|poster|data|srcset|background)\s*=\s*"([^"]*)"/gi),
    ]
    expect(references.length).toBeGreaterThan(10)
    for (const [, target] of references) expect(target).toMatch(/^#[a-z0-9-]+$/)
    const targets = [...page.matchAll(/url\(([^)]*)\)/g)].map(([, target]) => target)
    expect(new Set(targets.map((target) => target!.slice(0, 7)))).toEqual(new Set(['#hatch-']))
    expect(page).not.toMatch(
      /@import|@font-face|<(?:script|link|iframe|object|embed|img|base|form|audio|video|foreignObject)\b/i,
    )
    expect(page).not.toMatch(/https?:|\/\/[a-z]|javascript:/i)
  })

  it('forbids scripts and everything from elsewhere by its policy', () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'))
  })

  it('has both themes and a style for paper without flex and grid', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    expect(style).toContain('prefers-color-scheme:dark')
    expect(style).toContain('@media print')
    expect(style).not.toMatch(/display:\s*(?:inline-)?(?:flex|grid)/)
  })

  it('leads every link to something that is there, and every id is there once', () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
  })

  it('closes what it opens', () => {
    const open: string[] = []
    const alone = new Set(['meta', '!doctype'])
    for (const [, slash, name = '', rest = ''] of page.matchAll(/<(\/?)([!a-zA-Z][\w]*)((?:[^>"]|"[^"]*")*)>/g)) {
      if (alone.has(name.toLowerCase()) || rest.endsWith('/')) continue
      if (slash) expect(open.pop()).toBe(name)
      else open.push(name)
    }
    expect(open).toEqual([])
  })

  it('is the same text for the same input, also when the model went through JSON', () => {
    expect(renderHtml(buildReport(sampleInput()))).toBe(page)
    const parsed = JSON.parse(renderJson(model)) as { report: ReportModel }
    expect(renderHtml(parsed.report)).toBe(page)
  })

  it('is in the list of renderings', () => {
    expect(renderings.map(({ name, extension, mediaType }) => [name, extension, mediaType])).toEqual([
      ['html', 'html', 'text/html'],
      ['markdown', 'md', 'text/markdown'],
      ['json', 'json', 'application/json'],
      ['csv', 'csv', 'text/csv'],
    ])
    for (const { render } of renderings) expect(render(model)).toContain('x00000000sample')
  })
})

describe('renderHtml: what it says', () => {
  const text = visibleText(page)
  const section = model.experiments[0]!

  it('begins with the verdict', () => {
    expect(text.slice(0, 300)).toContain(model.headline.sentence)
    expect(text.indexOf(model.headline.sentence)).toBeLessThan(text.indexOf(section.question))
  })

  it('prints what every report must print', () => {
    const { design } = section
    const facts = [
      String(design.seed),
      design.unit,
      ...design.looks.map(({ blocks, alpha }) => `${blocks} blocks (α ${alpha}`),
      `${formatCount(design.blocksRun)} run, ${formatCount(design.blocksCounted)} counted, 1 invalidated ( block 3: the machine slept )`,
      `${design.level! * 100} %`,
      '±2 %',
      section.caveat,
      section.results.sentence,
      ...section.flags.map((flag) => flag.text),
      ...section.verdicts,
      model.environments[0]!.cpuModel,
      model.environments[0]!.git!.commit,
    ]
    for (const fact of facts)
      expect(text.replace(/ \(block/g, ' ( block').replace(/slept\)/, 'slept )')).toContain(fact)
  })

  it('prints every number of the ranking and of every trial', () => {
    for (const row of section.ranking.filter(({ baseline }) => !baseline)) {
      expect(text).toContain(formatChangeWithInterval(row.ratio!, row.low, row.high))
      for (const p of [row.p!, row.alwaysValidP!, row.adjustedP!]) {
        expect(text).toContain(p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2))))
      }
      expect(text).toContain(`${(row.sigma! * 100).toPrecision(2)} %`)
      expect(text).toContain(`${(row.minimumDetectable! * 100).toPrecision(2)} %`)
      expect(text).toContain(
        formatChangeWithInterval(row.crossCheck!.ratio!, row.crossCheck!.low, row.crossCheck!.high),
      )
    }
    for (const { median, min, max } of section.variants) {
      for (const value of [median, min, max]) expect(text).toContain(formatDuration(value!))
    }
    for (const { runId, value } of section.trials) {
      expect(text).toContain(runId)
      expect(text).toContain(formatDuration(value!))
    }
    expect(page.match(/<a href="#x0-trial-/g)).toHaveLength(section.trials.length)
  })

  it('prints every number of the runs', () => {
    for (const run of model.runs) {
      expect(text).toContain(run.id)
      for (const { path, durations, critical, self, wait } of run.nodes!) {
        expect(text).toContain(path)
        for (const value of [durations!.total, durations!.p95, self!, wait!])
          expect(text).toContain(formatDuration(value))
        expect(text).toContain(formatShare(critical!.share))
      }
      for (const { time, share } of [...run.critical!.nodes, ...run.critical!.calls]) {
        expect(text).toContain(formatDuration(time))
        expect(text).toContain(formatShare(share))
      }
      for (const { name, file, line, self } of run.functions ?? []) {
        expect(text).toContain(name)
        expect(text).toContain(`${file}:${line}`)
        expect(text).toContain(formatDuration(self))
      }
      for (const value of run.cycles[0]!.value) expect(text).toContain(String(value))
      for (const counter of run.counters) expect(text).toContain(counter.name)
    }
  })

  it('prints evidence, prediction and measurement of every recommendation', () => {
    for (const card of model.advice) {
      expect(text).toContain(card.title)
      expect(text).toContain(card.evidence.runId)
      for (const { label } of card.evidence.numbers) expect(text).toContain(label)
      expect(text).toContain(card.scope)
    }
    expect(text).toContain('46.0 ms')
    expect(text).toContain(`${formatChange(0.42)} to ${formatChange(0.61)}`)
    expect(text).toContain('−50.0 % [−52.0, −48.0]')
    expect(text).toContain('{ quotes: { concurrency: 3 } }')
    expect(text).toContain('range unknown')
  })

  it('prints no gain of what computes a different result', () => {
    const proof = { experimentId: 'x1', ratio: 0.1, low: 0.09, high: 0.11, verdict: 'different-result' as const }
    const recommendation = sampleRecommendation({ status: 'refused', proof })
    const refused = visibleText(
      renderHtml(buildReport(sampleInput({ advice: [{ id: 'a1', createdAt: 0, recommendation }] }))),
    )
    expect(refused).toContain('no gain: it computes a different result')
    expect(refused).not.toContain('−90.0 %')
    expect(refused).not.toContain('better than predicted')
  })

  it('gives every picture with axes a table twin', () => {
    const figures = page.match(/<figure>[\s\S]*?<\/figure>/g)!
    expect(figures.length).toBeGreaterThan(8)
    const without = figures.filter((figure) => !figure.includes('<details class="twin">'))
    // The graph's table is in the appendix, the numbers of predicted and measured gains are beside their picture.
    for (const figure of without) expect(figure).toMatch(/aria-label="(?:Nodes of the workflow|Predicted and measured)/)
  })

  it('marks significance by more than colour', () => {
    expect(page).toMatch(/class="eff faster"/)
    expect(page).toMatch(/class="eff open same"/)
    expect(text).toContain('not significant')
  })
})

describe('renderHtml: what is not there', () => {
  it('a report of nothing reads "no data"', () => {
    const empty = visibleText(renderHtml(buildReport({ madeAt: someTime, experiments: [], runs: [], advice: [] })))
    expect(empty).toContain('no data')
    expect(empty).not.toMatch(/NaN|Infinity|undefined|null/)
  })

  it('a failed run without a trace reads "no data", with its reason', () => {
    const record = sampleRun({
      ...{ reason: 'crashed', value: null, result: undefined as never, cycles: [], peakMemory: undefined as never },
      phases: { threadStart: null, moduleLoad: null, resourcesOpen: null, resourcesClose: null },
      error: { code: 'runtime.crashed', message: 'The process died of SIGSEGV.' },
    })
    const html = renderHtml(
      buildReport({ madeAt: someTime, experiments: [], runs: [{ record, label: 'run' }], advice: [] }),
    )
    const text = visibleText(html)
    expect(text).toContain('order-pricing crashed its process: The process died of SIGSEGV.')
    expect(text).toContain('runtime.crashed')
    expect(text).toContain('No spans were recorded in these runs: no data.')
    expect(text).not.toMatch(/NaN|Infinity|undefined|\b0 ns|null/)
  })

  it('an experiment before its first look, and one whose trials all failed', () => {
    const short = { baseline: madeUpValues(64, 2, 1), other: madeUpValues(32, 2, 2) }
    const none = { baseline: madeUpValues(64, 16, 1), other: madeUpValues(64, 16, 1).map(() => null) }
    for (const values of [short, none, { baseline: madeUpValues(64, 2, 1) }]) {
      const html = renderHtml(
        buildReport(sampleInput({ experiments: [{ record: sampleExperiment(values) }], runs: [] })),
      )
      expect(visibleText(html)).toContain('no data')
      expect(html).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it('draws no number that is none, whatever the durations are', () => {
    const trace = largeTrace({ items: 3, concurrency: 1, iterations: 1 })
    const still = { ...trace, spans: { ...trace.spans, duration: trace.spans.duration.map(() => 0) } }
    const html = renderHtml(
      buildReport({ madeAt: 0, experiments: [], runs: [{ record: sampleRun(), trace: still, label: '' }], advice: [] }),
    )
    expect(html).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('renderHtml: size', () => {
  it('stays small enough to send, however much was measured', () => {
    const run = (id: string, concurrency: number) => ({
      record: sampleRun({ id, variant: id }),
      trace: largeTrace({ items: 5000, concurrency, iterations: 1500, samples: true }),
      label: id,
    })
    const values = Object.fromEntries(
      Array.from({ length: 8 }, (_, variant) => [
        variant === 0 ? 'baseline' : `v${variant}`,
        madeUpValues(50 + variant, 300, variant),
      ]),
    )
    const experiment = sampleExperiment({ baseline: values.baseline!, v1: values.v1! })
    const names = Object.keys(values)
    const trials = Array.from({ length: 2400 }, (_, place) => ({
      ...{ runId: `r${place}`, block: Math.floor(place / 8), variant: place % 8, reason: 'finished' as const },
      value: values[names[place % 8]!]![Math.floor(place / 8)]! * 1e6,
    }))
    const settings = { ...experiment.settings, variants: names.map((name) => ({ name, patch: {} })) }
    const large = buildReport({
      madeAt: someTime,
      experiments: [{ record: { ...experiment, settings, trials, look: null } }],
      runs: [run('a', 1), run('b', 4), run('c', 64), run('d', 3)],
      advice: [],
    })
    const html = renderHtml(large)
    expect(html.length).toBeLessThan(1_500_000)
    expect(html).toContain('Flame graph')
    const flame = large.runs[0]!.flame!
    expect(flame.x.length).toBeLessThanOrEqual(1000)
    expect(flame.merged.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(flame.x.length)
    expect(
      large.runs[0]!.timeline!.lanes.reduce((sum, { bars }) => sum + (bars?.row.length ?? 0), 0),
    ).toBeLessThanOrEqual(1600)
    expect(large.runs[2]!.timeline!.lanes.find(({ label }) => label === 'items')).toMatchObject({
      bars: null,
      mostAtOnce: 64,
    })
  })
})

describe.each(exploits)('renderHtml: %s stays text', (_name, evil) => {
  const hostile = replaceTexts(fullModel(), evil)
  const html = renderHtml(hostile)

  it('in every text of the model', () => {
    // Only elements and attributes that the page itself makes.
    const elements = new Set([...html.matchAll(/<\/?([a-zA-Z!][\w-]*)/g)].map(([, name]) => name!.toLowerCase()))
    expect([...elements].filter((name) => !ownElements.has(name))).toEqual([])
    for (const [tag] of html.matchAll(/<[a-zA-Z](?:[^>"]|"[^"]*")*>/g)) {
      const attributes = [...tag.matchAll(/\s([^\s=/>"]+)="([^"]*)"/g)]
      expect(tag.replace(/"[^"]*"/g, '""').match(/=/g)?.length ?? 0).toBe(attributes.length)
      for (const [, name, value] of attributes) {
        expect(name).not.toMatch(/^on|^(?:srcdoc|formaction|xlink|src)/i)
        if (name === 'href') expect(value).toMatch(/^#[a-z0-9-]+$/)
        if (name === 'style') expect(value).toMatch(/^--hue:\d+$/)
      }
    }
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html.match(/<meta /g)).toHaveLength(5)
  })

  it('and can be read', () => {
    expect(visibleText(html)).toContain(evil.replaceAll('\u0000', '\ufffd').replace(/\s+/g, ' '))
  })
})

const ownElements = new Set(
  (
    '!doctype html head meta title style body header footer main section article nav div span p h1 h2 h3 a b i ul li ' +
    'table caption thead tbody tr th td details summary pre code figure figcaption ' +
    'svg defs pattern g path rect circle text tspan'
  ).split(' '),
)

it('text that turns the direction of writing around is made visible', () => {
  const html = renderHtml(buildReport(sampleInput({ title: 'a\u202egnp.exe\u2066\ud800' })))
  expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  expect(html).toContain('a\ufffdgnp.exe\ufffd\ufffd')
})

it('a run is shown without its trace too', () => {
  const { record, label } = baselineRun()
  const html = renderHtml(buildReport({ madeAt: 0, experiments: [], runs: [{ record, label }], advice: [] }))
  expect(visibleText(html)).toContain('64.0 ms')
})
