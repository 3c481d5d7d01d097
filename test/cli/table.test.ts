import { describe, expect, it } from 'vitest'
import { formatPairs, formatTable } from '../../src/cli/table.ts'
import { oneLine, pad, shorten, widthOf, wrap } from '../../src/cli/text-width.ts'

describe('tables', () => {
  it('aligns columns, numbers at their right', () => {
    const lines = formatTable(
      [{ title: 'node' }, { title: 'time', align: 'right' }],
      [
        ['quotes', '1.24 s'],
        ['fit', '830 µs'],
        ['x', '−2 s'],
      ],
    )
    expect(lines).toEqual(['node      time', 'quotes  1.24 s', 'fit     830 µs', 'x         −2 s'])
  })

  it('does not count colours', () => {
    const lines = formatTable(
      [{ title: 'a' }, { title: 'b' }],
      [
        ['\u001b[1mbold\u001b[22m', 'x'],
        ['thin', 'y'],
      ],
    )
    expect(widthOf(lines[1]!)).toBe(widthOf(lines[2]!))
  })

  it('leaves out a column in which no row has anything, and says nothing without rows', () => {
    expect(
      formatTable(
        [{ title: 'a' }, { title: 'failed' }],
        [
          ['1', ''],
          ['2', ''],
        ],
      ),
    ).toEqual(['a', '1', '2'])
    expect(formatTable([{ title: 'a' }], [])).toEqual([])
  })

  it('leaves out pairs without a value, and wraps long values under themselves', () => {
    const long = `${'word '.repeat(30)}end`
    const lines = formatPairs([
      ['a', 'one'],
      ['gone', undefined],
      ['empty', ''],
      ['long', long],
    ])
    expect(lines[0]).toBe('a     one')
    expect(lines.slice(1).every((line) => widthOf(line) <= 102)).toBe(true)
    expect(lines.slice(2).every((line) => line.startsWith('      word'))).toBe(true)
    expect(lines.some((line) => line.includes('gone') || line.includes('empty'))).toBe(false)
  })
})

describe('text', () => {
  it('pads and shortens by characters', () => {
    expect(pad('µs', 4, 'right')).toBe('  µs')
    expect(shorten('abcdef', 4)).toBe('abc…')
    expect(shorten('abc', 3)).toBe('abc')
    expect(shorten('abc', 0)).toBe('')
  })

  it('takes what would move the cursor out of user text', () => {
    expect(oneLine('a\nb\u001b[2Jc\u0007d\r')).toBe('a bc d')
  })

  it('wraps at spaces and keeps long words whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('abcdefghij kl', 5)).toEqual(['abcdefghij', 'kl'])
  })
})
