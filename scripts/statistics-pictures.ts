// Draws the pictures of docs/statistics.md from the statistics themselves, so that none shows a verdict that the code would
// not give: `node scripts/statistics-pictures.ts`. A test holds the committed files against it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blockSchedule, decideVerdict, indifferenceOfRatios, presets, type Verdict } from '../src/statistics/index.ts'

/** The pictures by their file names in `docs/`. Colours are in between, so that they read on white and on black. */
export function drawPictures(): Record<string, string> {
  return { 'verdicts.svg': drawVerdicts(), 'blocks.svg': drawBlocks() }
}

const ink = '#7d7d7d'
const orange = '#d07a1e'
const blue = '#3d86c9'

interface Row {
  /** Change in per cent: low end, estimate, high end. Absent: there is no interval to show. */
  readonly interval?: readonly [low: number, estimate: number, high: number]
  readonly significant?: boolean
  readonly verdict: Verdict
  readonly words: string
}

const rows: readonly Row[] = [
  { interval: [-6.4, -4.9, -3.3], significant: true, verdict: 'faster', words: 'all of it is beyond −2 %' },
  {
    ...{ interval: [-4.1, -2.4, -0.7], significant: true, verdict: 'faster-maybe-negligible' },
    words: 'faster; whether by more than 2 % is open',
  },
  { interval: [-1.2, 0.1, 1.4], significant: false, verdict: 'equivalent', words: 'all of it is within ±2 %' },
  {
    ...{ interval: [0.8, 2.5, 4.2], significant: true, verdict: 'slower-maybe-negligible' },
    words: 'slower; whether by more than 2 % is open',
  },
  { interval: [3.2, 4.9, 6.3], significant: true, verdict: 'slower', words: 'all of it is beyond +2 %' },
  { interval: [-2.9, 0.8, 4.4], significant: false, verdict: 'inconclusive', words: 'could be either: measure more' },
  { verdict: 'different-result', words: 'it computes something else' },
  { verdict: 'unreliable', words: 'trials fail, or the baseline differs from itself' },
]

function drawVerdicts(): string {
  const [width, left, right, top, step] = [860, 190, 540, 56, 32]
  const bottom = top + rows.length * step
  const bandEnd = top + rows.filter(({ interval }) => interval).length * step
  const reach = 7.5
  const x = (percent: number) => round(left + ((percent + reach) / (2 * reach)) * (right - left))
  const marks = [-6, -4, -2, 0, 2, 4, 6].map((percent) => {
    const label = percent === 0 ? '0' : `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`
    return text(x(percent), top - 12, label, { anchor: 'middle', size: 12 })
  })
  const lines = rows.map((row, place) => drawVerdict(row, top + (place + 0.5) * step, x, right + 20))
  return svg(width, bottom + 12, 'Eight verdicts, each with its interval against the region of indifference', [
    text(left, 16, '← faster', { size: 12 }),
    text(right, 16, 'slower →', { anchor: 'end', size: 12 }),
    text(x(0), 16, '±2 % does not matter', { anchor: 'middle', size: 12 }),
    `<rect x="${x(-2)}" y="${top - 4}" width="${round(x(2) - x(-2))}" height="${bandEnd - top + 4}" fill="${ink}" opacity="0.18"/>`,
    `<path d="M${x(0)} ${top - 4}V${bandEnd}" stroke="${ink}" stroke-dasharray="3 4"/>`,
    ...marks,
    ...lines,
  ])
}

/** One row; refuses to draw an interval that the statistics would judge otherwise. */
function drawVerdict(row: Row, y: number, x: (percent: number) => number, wordsAt: number): string {
  const { interval, significant = false, verdict, words } = row
  const name = text(0, y + 4, verdict, { size: 13, mono: true })
  const label = text(wordsAt, y + 4, words, { size: 13 })
  if (!interval)
    return name + text(x(0), y + 4, 'no verdict on time', { anchor: 'middle', size: 12, italic: true }) + label
  const [low, estimate, high] = interval.map((percent) => 1 + percent / 100) as [number, number, number]
  const decided = decideVerdict({ significant, estimate, low, high }, indifferenceOfRatios(0.02)).verdict
  if (decided !== verdict) throw new Error(`The interval that is drawn as ${verdict} is ${decided}.`)
  const colour = verdict.startsWith('faster') ? blue : verdict.startsWith('slower') ? orange : ink
  const isDecided = !verdict.endsWith('negligible') && verdict !== 'inconclusive'
  const [from, middle, to] = interval.map(x) as [number, number, number]
  return [
    name,
    `<path d="M${from} ${y - 5}v10M${to} ${y - 5}v10" stroke="${colour}" stroke-width="2"/>`,
    `<path d="M${from} ${y}H${to}" stroke="${colour}" stroke-width="2"${isDecided ? '' : ' stroke-dasharray="5 3"'}/>`,
    isDecided
      ? `<circle cx="${middle}" cy="${y}" r="5" fill="${colour}"/>`
      : `<circle cx="${middle}" cy="${y}" r="4" fill="none" stroke="${colour}" stroke-width="2"/>`,
    label,
  ].join('')
}

function drawBlocks(): string {
  const [left, top, cell, gap] = [70, 44, 18, 3]
  const shown = 24
  const orders = blockSchedule(2, shown + 1, 20_261_121)
  const x = (block: number) => left + (block + 1) * (cell + gap) + (block < 0 ? 0 : 10)
  const trials = orders.flatMap((order, place) => {
    const block = place - 1
    return order.map((variant, slot) => {
      const paint = variant === 0 ? `fill="none" stroke="${ink}" stroke-width="1.5"` : `fill="${blue}"`
      const inset = variant === 0 ? 0.75 : 0
      const size = cell - 2 * inset
      const corner = `x="${x(block) + inset}" y="${top + slot * (cell + gap) + inset}"`
      return `<rect ${corner} width="${size}" height="${size}" rx="2" ${paint}${block < 0 ? ' opacity="0.45"' : ''}/>`
    })
  })
  const bottom = top + 2 * (cell + gap)
  const looks = presets.standard.looks.filter(({ blocks }) => blocks <= shown)
  const next = presets.standard.looks[looks.length]!
  const flags = looks.map(({ blocks }) => {
    const at = x(blocks - 1) + cell + gap / 2
    return [
      `<path d="M${at} ${top - 8}V${bottom + 10}" stroke="${orange}" stroke-width="2"/>`,
      text(at, bottom + 26, `look at block ${blocks}`, { anchor: 'middle', size: 12 }),
      text(at, bottom + 42, 'may say a verdict', { anchor: 'middle', size: 12 }),
    ].join('')
  })
  const end = x(shown - 1) + cell
  return svg(end + 130, bottom + 76, 'Blocks in random order, with looks at blocks that were fixed before', [
    text(0, top + 13, 'first', { size: 12 }),
    text(0, top + cell + gap + 13, 'second', { size: 12 }),
    text(x(-1), top - 14, 'warm-up', { anchor: 'start', size: 12 }),
    ...trials,
    ...flags,
    text(end + 12, top + 16, '…', { size: 16 }),
    text(end + 30, top + 13, 'next verdict', { size: 12 }),
    text(end + 30, top + 29, `at block ${next.blocks}`, { size: 12 }),
    `<rect x="${left + 0.75}" y="${bottom + 57.75}" width="11" height="11" rx="2" fill="none" stroke="${ink}" stroke-width="1.5"/>`,
    text(left + 18, bottom + 68, 'a trial of the baseline', { size: 12 }),
    `<rect x="${left + 170}" y="${bottom + 57}" width="12" height="12" rx="2" fill="${blue}"/>`,
    text(left + 188, bottom + 68, 'a trial of the candidate', { size: 12 }),
    text(left + 350, bottom + 68, 'a column is a block, its order drawn at random', { size: 12 }),
  ])
}

interface TextStyle {
  readonly size: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly mono?: boolean
  readonly italic?: boolean
}

function text(x: number, y: number, words: string, { size, anchor = 'start', mono, italic }: TextStyle): string {
  const family = mono ? ' font-family="ui-monospace, Menlo, Consolas, monospace"' : ''
  const style = italic ? ' font-style="italic"' : ''
  return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}"${family}${style}>${words}</text>`
}

function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const attributes = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  const font = `font-family="system-ui, -apple-system, 'Segoe UI', sans-serif"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes} role="img" ${font} fill="${ink}">`,
    `<title>${title}</title>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, picture] of Object.entries(drawPictures())) {
    writeFileSync(join(import.meta.dirname, '..', 'docs', name), picture)
  }
}
