import { oneLine, shorten, widthOf } from '../text-width.ts'
import { type ProgressState, remainingTime, shareDone } from './progress-state.ts'

/** How the parts of the line look. */
export interface ProgressStyle {
  readonly bar: (text: string) => string
  /** Of what is not final: an estimate that may still change. */
  readonly quiet: (text: string) => string
}

const plainStyle: ProgressStyle = { bar: (text) => text, quiet: (text) => text }
const barWidth = 16

/**
 * The one line that a terminal repaints: bar, done/total, elapsed, ETA, message, detail. Never longer than `width`: the detail is
 * cut first, then the message.
 */
export function composeLine(
  state: ProgressState,
  now: number,
  width: number,
  style: ProgressStyle = plainStyle,
): string {
  const share = shareDone(state)
  const figures = [share === null ? '' : countOf(state), formatClock(now - state.startedAt), etaOf(state, now)]
  const head = figures.filter((part) => part !== '').join('  ')
  const bar = share !== null && width >= 60 ? barOf(share) : ''
  const lead = bar === '' ? head : `${style.bar(bar)}  ${head}`
  const room = width - widthOf(lead)
  if (room < 0) return shorten(head, width)
  const message = shorten(oneLine(state.update.message ?? ''), room - 2)
  const detail = shorten(oneLine(state.update.detail ?? ''), room - widthOf(message) - (message === '' ? 2 : 4))
  return [lead, message, detail === '' ? '' : style.quiet(detail)].filter((part) => part !== '').join('  ')
}

/** The same as a line that stays, for files and pipes: `block 3 of 16 (3/16, 0:12, ETA 0:48): batched −60 %`. */
export function composePlainLine(state: ProgressState, now: number): string {
  const parts = [
    shareDone(state) === null ? '' : countOf(state).trim(),
    formatClock(now - state.startedAt),
    etaOf(state, now),
  ]
  const message = oneLine(state.update.message ?? '') || 'working'
  const detail = oneLine(state.update.detail ?? '')
  return `${message} (${parts.filter((part) => part !== '').join(', ')})${detail === '' ? '' : `: ${detail}`}`
}

/** Minutes and seconds, from an hour on hours too: 0:07, 12:30, 1:02:03. Given milliseconds. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

function countOf({ update }: ProgressState): string {
  const total = String(update.total)
  return `${String(update.done).padStart(total.length)}/${total}`
}

function etaOf(state: ProgressState, now: number): string {
  const remaining = remainingTime(state, now)
  return remaining === null ? '' : `ETA ${formatClock(remaining)}`
}

function barOf(share: number): string {
  const filled = Math.round(share * barWidth)
  return '━'.repeat(filled) + '─'.repeat(barWidth - filled)
}
