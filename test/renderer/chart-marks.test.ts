import { describe, expect, it } from 'vitest'
import { type ChartMarks, moveMark, wrapLines } from '../../src/renderer/charts/chart/marks.ts'

/** A series drawn as text: a dot is a mark, a space a place without one. */
function series(drawn: string): ChartMarks<string> {
  return {
    series: drawn,
    count: drawn.length,
    sentence: (index) => (drawn[index] === '.' ? `mark ${index}` : undefined),
    datum: (index) => `${drawn} ${index}`,
  }
}

describe('walking through the marks of a chart by keys', () => {
  const marks = [series('.. ..'), series(''), series('...')]

  it('begins at the first mark, or with End at the last', () => {
    expect(moveMark(marks, null, 'ArrowRight')).toEqual({ series: 0, index: 0 })
    expect(moveMark(marks, null, 'End')).toEqual({ series: 0, index: 4 })
  })

  it('passes over places without a mark', () => {
    expect(moveMark(marks, { series: 0, index: 1 }, 'ArrowRight')).toEqual({ series: 0, index: 3 })
    expect(moveMark(marks, { series: 0, index: 3 }, 'ArrowLeft')).toEqual({ series: 0, index: 1 })
  })

  it('stays at the ends', () => {
    expect(moveMark(marks, { series: 0, index: 4 }, 'ArrowRight')).toEqual({ series: 0, index: 4 })
    expect(moveMark(marks, { series: 0, index: 0 }, 'Home')).toEqual({ series: 0, index: 0 })
  })

  it('goes to the next series that has marks, and around', () => {
    expect(moveMark(marks, { series: 0, index: 4 }, 'ArrowDown')).toEqual({ series: 2, index: 2 })
    expect(moveMark(marks, { series: 2, index: 1 }, 'ArrowDown')).toEqual({ series: 0, index: 1 })
    expect(moveMark(marks, { series: 0, index: 1 }, 'ArrowUp')).toEqual({ series: 2, index: 1 })
  })

  it('takes a tenth at a time with the page keys', () => {
    const long = [series('.'.repeat(200))]
    expect(moveMark(long, { series: 0, index: 50 }, 'PageDown')).toEqual({ series: 0, index: 70 })
    expect(moveMark(long, { series: 0, index: 5 }, 'PageUp')).toEqual({ series: 0, index: 0 })
  })

  it('leaves other keys, and charts without marks, to others', () => {
    expect(moveMark(marks, null, 'Enter')).toBeUndefined()
    expect(moveMark([series('')], null, 'ArrowRight')).toBeUndefined()
    expect(moveMark([series('   ')], null, 'ArrowRight')).toBeUndefined()
  })
})

describe('a tooltip', () => {
  it('is broken at spaces, and keeps its own lines', () => {
    expect(wrapLines('one two three\nfour', 8)).toBe('one two\nthree\nfour')
    expect(wrapLines('unbreakable', 4)).toBe('unbreakable')
  })
})
