import { describe, expect, it } from 'vitest'
import { momentText } from '../../src/renderer/widgets/moment-text.ts'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-21T14:30:00')

describe('how long ago something was', () => {
  it.each([
    ['2026-11-21T14:29:31', 'just now'],
    ['2026-11-21T14:25:00', '5 min ago'],
    ['2026-11-21T13:31:00', '59 min ago'],
    ['2026-11-21T12:29:00', '2 h ago'],
    ['2026-11-21T06:05:00', 'today 06:05'],
    ['2026-11-20T23:59:00', 'yesterday 23:59'],
    ['2026-11-19T23:59:00', '19 Nov 23:59'],
    ['2025-11-21T14:30:00', '21 Nov 2025'],
  ])('%s: %s', (then, text) => {
    expect(momentText(at(then), now)).toBe(text)
  })

  it('is hours rather than a day where midnight is near', () => {
    expect(momentText(at('2026-11-20T23:30:00'), at('2026-11-21T00:10:00'))).toBe('40 min ago')
    expect(momentText(at('2026-11-20T23:30:00'), at('2026-11-21T01:10:00'))).toBe('yesterday 23:30')
  })
})
