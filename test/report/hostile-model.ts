import { buildReport, type ReportModel } from '../../src/report/index.ts'
import { sampleInput, sampleRun } from './sample-report.ts'

/** Texts that broke out of a page, a comment or a table somewhere once. Each must stay text, wherever a user can put text. */
export const exploits: ReadonlyArray<readonly [name: string, text: string]> = [
  ['a script', '<script>alert(1)</script>'],
  ['an end of the title', '</title><script>alert(1)</script>'],
  ['an end of the style', '</style><script>alert(1)</script>'],
  ['an end of an attribute', '" onload="alert(1)" x="'],
  ['an end of an attribute in single quotes', "' onmouseover='alert(1)' x='"],
  ['an image with a handler', '<img src=x onerror=alert(1)>'],
  ['an SVG with a handler', '<svg/onload=alert(1)>'],
  ['a foreign object', '</text><foreignObject><iframe srcdoc="<script>alert(1)</script>"></foreignObject>'],
  ['a link that runs', 'javascript:alert(1)'],
  ['a link element', '<a href="javascript:alert(1)">here</a>'],
  ['a base', '<base href="//evil.example/">'],
  ['a style that loads', '</style><style>@import url(//evil.example/x.css)</style>'],
  ['an entity that is decoded twice', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['a comment', '--><script>alert(1)</script><!--'],
  ['a CDATA section', ']]><script>alert(1)</script><![CDATA['],
  ['a backtick', '`onmouseover=alert(1)`'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=//evil.example">'],
  ['a null byte inside a tag', '<scr\u0000ipt>alert(1)</scr\u0000ipt>'],
  ['cells of a table', 'a | b |\\| c \\\\| d |'],
  ['a Markdown link that runs', '[here](javascript:alert(1)) [there][1] <javascript:alert(1)>'],
  ['a definition of a link', '[1]: javascript:alert(1)'],
  ['a picture from elsewhere', '![x](https://evil.example/p.png "t")'],
  ['addresses', 'https://evil.example www.evil.example mailto:me@evil.example me@evil.example'],
  ['a mention of somebody and of an issue', '@somebody see #1 and @org/team'],
  ['emphasis', '***bold*** __bold__ ~~gone~~ `code` ``co`de``'],
  ['a fence', '```\n~~~ js'],
  ['a heading', '# heading'],
  ['a line below a heading', '==='],
  ['a rule', '---'],
  ['a list', '- [ ] task'],
  ['a numbered list', '1. one'],
  ['a quotation', '> [!WARNING]'],
  ['mathematics and faces', '$x^2$ $$y$$ :smile: :+1:'],
  ['an entity', '&copy; &#60;b&#62; a&#8203;b'],
  ['an end that escapes what follows', 'ends in a backslash\\'],
  ['a details element', '</summary></details><sub>'],
  ['a formula', '=HYPERLINK("http://evil.example","here")'],
  ['a formula that calls a program', "=cmd|'/C calc'!A0"],
  ['a formula with a sign', '+1+cmd'],
  ['a formula with a minus', '-1+cmd'],
  ['a formula of Lotus', '@SUM(1+1)'],
  ['a formula behind a tab', '\t=1+1'],
  ['a formula behind a line end', '\r\n=1+1'],
  ['a formula in full width', '\uff1d1+1'],
  ['commas', 'one, two; three'],
  ['a row of its own', 'quoted "so", and\r\n"=1","2"'],
]

/** A report in which every place for text has one. */
export function fullModel(): ReportModel {
  const plain = sampleInput({ proof: 'a00000000000a1' })
  const { record } = plain.experiments[0]!
  const blocks = record.blocks.map((block) =>
    block.block === 3 ? { ...block, disturbances: [{ variant: 1, kind: 'foreign-cpu' as const, how: 'busy' }] } : block,
  )
  const trials = record.trials.map((trial, place) => ({
    ...trial,
    metrics: { wall: trial.value!, cpu: 5e6 + place * 1e3, 'peak-heap': 9e6 + place * 8, calls: 24 + trial.variant },
  }))
  const full = {
    ...{ ...record, blocks, trials, status: 'stopped' as const, stop: 'cancelled' as const },
    live: { blocks: 17, estimates: [0.5, 1] },
    extensions: [{ startedAt: record.startedAt, blocks: 9, fromCap: 9, toCap: 16 }],
    results: {
      ...record.results,
      differences: [{ runId: 'r003v2', variant: 2, how: 'other numbers' }],
    },
  }
  const failed = sampleRun({
    ...{ id: 'r0000000000fail', reason: 'failed', value: null },
    error: { code: 'user.error', message: 'the API said 500' },
  })
  const runs = [...plain.runs, { record: failed, label: 'a run that failed' }]
  return buildReport({ ...plain, experiments: [{ ...plain.experiments[0]!, record: full }], runs })
}

/** The model with `evil` before every text that came from a user: all but the words that the types fix. */
export function replaceTexts(model: ReportModel, evil: string): ReportModel {
  const fixed = new Set([
    'kind',
    'sections',
    'metric',
    'status',
    'verdict',
    'tone',
    'reason',
    'severity',
    'category',
    'unit',
    'measure',
    'against',
  ])
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return fixed.has(key) ? value : `${evil} ${value}`
    if (Array.isArray(value)) return value.map((item) => walk(item, key))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const ofUser = key === 'params' || key === 'patch' || key === 'quotes'
        return [ofUser ? `${evil} ${name}` : name, walk(item, name)]
      }),
    )
  }
  return walk(model, '') as ReportModel
}
