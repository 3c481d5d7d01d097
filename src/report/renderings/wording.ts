import type { RecommendationStatus } from '../../advice/index.ts'
import { formatBytes, formatCount, formatDuration, formatNumber, formatShare } from '../../base/index.ts'
import type { Verdict } from '../../statistics/index.ts'
import type { CounterSeries, Measured } from '../model.ts'

/* Words that all renderings share. */

/** `2026-01-15 10:01 UTC` from milliseconds since 1970. */
export function moment(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? 'no data' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** A p-value with two significant digits. */
export function pValue(p: number): string {
  if (p < 0.0001) return '< 0.0001'
  return p >= 0.995 ? '1' : String(Number(p.toPrecision(2)))
}

/** A level or margin without needless digits: 0.98 → 98 %, 0.995 → 99.5 %. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`
}

/** A relative size with two significant digits: 0.0233 → 2.3 %. */
export function relative(size: number): string {
  const inPercent = size * 100
  return `${inPercent < 99.5 ? inPercent.toPrecision(2) : Math.round(inPercent)} %`
}

/** What a verdict is called, with a sign that does not need colour. */
export const verdictWords: Readonly<
  Record<Verdict, { readonly sign: string; readonly words: string; readonly tone: string }>
> = {
  faster: { sign: '▼', words: 'faster', tone: 'faster' },
  slower: { sign: '▲', words: 'slower', tone: 'slower' },
  equivalent: { sign: '=', words: 'no change that matters', tone: 'same' },
  'faster-maybe-negligible': { sign: '▽', words: 'faster, maybe negligible', tone: 'faster' },
  'slower-maybe-negligible': { sign: '△', words: 'slower, maybe negligible', tone: 'slower' },
  inconclusive: { sign: '?', words: 'undecided', tone: 'same' },
  'different-result': { sign: '≠', words: 'different result', tone: 'bad' },
  unreliable: { sign: '!', words: 'unreliable', tone: 'bad' },
}

/** A value of a counter in its unit. */
export function counterValue(value: number, unit: CounterSeries['unit']): string {
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 'share') return formatShare(value)
  return unit === 'ns' ? formatDuration(value) : formatNumber(value)
}

/** A number of evidence in its unit. */
export function evidenceValue(value: number, unit: 'ns' | 'share' | 'count' | 'ratio'): string {
  if (unit === 'ns') return formatDuration(value)
  if (unit === 'share') return formatShare(value)
  return unit === 'count' ? formatCount(value) : formatNumber(value)
}

/** `1 block`, `16 blocks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** A value as one would write it in source; patches and params are shown so. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'string') return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => {
      const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key.replace(/'/g, "\\'")}'`
      return `${name}: ${literal(item)}`
    })
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return String(value)
}

/** Where a recommendation is, with a sign that does not need colour. */
export const statusWords: Readonly<Record<RecommendationStatus, string>> = {
  open: '○ not tried',
  applied: '◐ being measured',
  proved: '● proved',
  refuted: '⊘ refuted',
  undecided: '? undecided',
  refused: '✕ refused',
}

/** How what was measured lies to what was predicted. */
export const againstWords: Readonly<Record<NonNullable<Measured['against']>, string>> = {
  inside: 'inside the predicted range',
  better: 'better than predicted',
  worse: 'less than predicted',
}
