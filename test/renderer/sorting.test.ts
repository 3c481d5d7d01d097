import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutColumns } from '../../src/renderer/widgets/data-table/column.ts'
import { type SortValue, sortedOrder, sortFrom, sortText } from '../../src/renderer/widgets/data-table/sorting.ts'

const sorted = (values: readonly SortValue[], descending = false) =>
  Array.from(
    sortedOrder(values, (value) => value, descending),
    (place) => values[place],
  )

describe('the order of a table', () => {
  it('is that of the numbers, and not of their digits', () => {
    expect(sorted([10, 9, 100, -1])).toEqual([-1, 9, 10, 100])
    expect(sorted([10, 9, 100, -1], true)).toEqual([100, 10, 9, -1])
  })

  it('is that of the texts, with numbers in them as numbers', () => {
    expect(sorted(['step 10', 'step 9', 'Step 1', 'äpfel'])).toEqual(['äpfel', 'Step 1', 'step 9', 'step 10'])
  })

  it('has what has no value last, both ways', () => {
    expect(sorted([null, 2, undefined, 1, Number.NaN])).toEqual([1, 2, null, undefined, Number.NaN])
    expect(sorted([null, 2, undefined, 1], true)).toEqual([2, 1, null, undefined])
    expect(sorted([null, 'b', 'a'], true)).toEqual(['b', 'a', null])
  })

  it('takes numbers among texts for texts', () => {
    expect(sorted(['b', 7, 'a'])).toEqual([7, 'a', 'b'])
  })

  it('leaves equal rows as they were, both ways, and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 3 }))), fc.boolean(), (values, descending) => {
        const order = [...sortedOrder(values, (value) => value, descending)]
        expect([...order].sort((a, b) => a - b)).toEqual([...values.keys()])
        for (let at = 1; at < order.length; at++) {
          const [before, here] = [order[at - 1]!, order[at]!]
          if (values[before] === values[here]) expect(before).toBeLessThan(here)
        }
      }),
    )
  })

  it('sorts more different texts than it compares by language', () => {
    const values = Array.from({ length: 6000 }, (_, place) => `text-${String((place * 7919) % 6000).padStart(5, '0')}`)
    expect(sorted(values)).toEqual([...values].sort())
  })

  it('is remembered as a text', () => {
    for (const sort of [
      { column: 'duration', descending: true },
      { column: 'name', descending: false },
    ]) {
      expect(sortFrom(sortText(sort))).toEqual(sort)
    }
  })
})

describe('the columns of a table', () => {
  const column = (id: string, width: number, grow?: number) => ({
    id,
    title: id,
    width,
    render: () => null,
    ...(grow ? { grow } : {}),
  })

  it('give the room that is left to the first, or to those that grow', () => {
    expect(layOutColumns([column('a', 100), column('b', 50)], {}).template).toBe('minmax(100px, 1fr) 50px')
    expect(layOutColumns([column('a', 100), column('b', 50, 2)], {}).template).toBe('100px minmax(50px, 2fr)')
  })

  it('have the widths that were set by hand, but none is lost from sight', () => {
    expect(layOutColumns([column('a', 100), column('b', 50)], { a: 200.4, b: -5 })).toEqual({
      template: 'minmax(200px, 1fr) 40px',
      least: 240,
    })
  })
})
