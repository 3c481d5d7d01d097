import { describe, expect, it } from 'vitest'
import { queryOf, type RunSelection, selectionOf } from '../../src/renderer/screens/run/selection.ts'

describe('what is selected on the run screen', () => {
  it.each<RunSelection>([
    { range: null, span: null, node: null },
    { range: { from: 0, to: 1 }, span: 0, node: 'fit/step' },
    { range: { from: 12_000_000, to: 99_000_000_000 }, span: 999_999, node: null },
  ])('comes back from the address as it went there: %j', (selection) => {
    const query = Object.entries(queryOf(selection)).filter((part): part is [string, string] => part[1] !== undefined)
    expect(selectionOf(Object.fromEntries(query))).toEqual(selection)
  })

  it('leaves the other parts alone', () => {
    expect(queryOf({ span: 3 })).toEqual({ span: '3' })
    expect(queryOf({ range: null })).toEqual({ from: undefined, to: undefined })
  })

  it('keeps a range whole whose edges are between two nanoseconds', () => {
    expect(queryOf({ range: { from: 1.5, to: 2.5 } })).toEqual({ from: '1', to: '3' })
  })

  it.each([
    { from: '5', to: '5' },
    { from: '9', to: '5' },
    { from: '5' },
    { from: 'a', to: 'b' },
    { from: '-1', to: '5' },
    { from: '0', to: '99999999999999999999' },
  ])('takes no nonsense from the address for a range: %j', (query) => {
    expect(selectionOf(query as unknown as Record<string, string>).range).toBeNull()
  })
})
