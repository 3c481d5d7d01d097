import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Budgets,
  budgetTargets,
  checkBudget,
  describeBudgetCheck,
  parseBudgets,
  parseBudgetValue,
  printBudgets,
  printBudgetValue,
} from '../../src/analysis/index.ts'

describe('a budget held against a run', () => {
  const run = { value: 212e6, metrics: { cpu: 90e6, peakHeap: 64 * 1024 ** 2 } }

  it('has one check for each target that it has', () => {
    expect(checkBudget({}, run)).toEqual([])
    expect(checkBudget({ peakHeap: 64 * 1024 ** 2, wall: 200e6 }, run)).toEqual([
      { target: 'wall', limit: 200e6, actual: 212e6, held: false },
      { target: 'peakHeap', limit: 64 * 1024 ** 2, actual: 64 * 1024 ** 2, held: true },
    ])
  })

  it('is neither held nor broken where nothing was measured', () => {
    expect(checkBudget({ gc: 5e6 }, run)).toEqual([{ target: 'gc', limit: 5e6, actual: null, held: null }])
  })

  it('is neither held nor broken by a run without a result, whatever it used until then', () => {
    const failed = { value: null, metrics: { cpu: 1 } }
    expect(checkBudget({ wall: 200e6, cpu: 100e6 }, failed).map(({ actual, held }) => [actual, held])).toEqual([
      [null, null],
      [null, null],
    ])
  })

  it('says so in words', () => {
    const [wall, cpu, gc] = checkBudget({ wall: 200e6, cpu: 100e6, gc: 1e6 }, run)
    expect(describeBudgetCheck(wall!)).toBe('wall time 212 ms is over its budget of 200 ms by 6.0 %')
    expect(describeBudgetCheck(cpu!)).toBe('CPU time 90.0 ms is within its budget of 100 ms')
    expect(describeBudgetCheck(gc!)).toBe('garbage collection has no data to hold against its budget of 1.00 ms')
  })
})

describe('the file of budgets', () => {
  it('is read and written as people write it', () => {
    const text =
      '{\n  "fit": {\n    "gc": "1.5s"\n  },\n  "orders": {\n    "wall": "200ms",\n    "peakHeap": "64MiB"\n  }\n}\n'
    const { budgets, diagnostics } = parseBudgets(text)
    expect(diagnostics).toEqual([])
    expect(budgets).toEqual({ orders: { wall: 200e6, peakHeap: 64 * 1024 ** 2 }, fit: { gc: 1.5e9 } })
    expect(printBudgets(budgets)).toBe(text)
  })

  it('is read again as it was written, whatever the values are', () => {
    const value = fc.integer({ min: 1, max: 1e13 })
    fc.assert(
      fc.property(fc.constantFrom(...budgetTargets.map(({ target }) => target)), value, (target, given) => {
        expect(parseBudgetValue(target, printBudgetValue(target, given))).toBe(given)
      }),
    )
  })

  it('leaves out empty budgets', () => {
    expect(printBudgets({ orders: {} })).toBe('{}\n')
  })

  it('says what is wrong, and reads the rest', () => {
    const text = '{"orders": {"wall": 200, "cpu": "100ms", "memory": "1GB"}, "fit": 3, "__proto__": {"gc": "-1ms"}}'
    const { budgets, diagnostics } = parseBudgets(text)
    expect(Object.entries(budgets)).toEqual([
      ['orders', { cpu: 100e6 }],
      ['fit', {}],
      ['__proto__', {}],
    ])
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'budgets.no-value',
      'budgets.unknown-target',
      'budgets.no-object',
      'budgets.no-value',
    ])
  })

  it('never throws, whatever it holds', () => {
    for (const text of ['', '[]', 'null', '{', '3']) expect(parseBudgets(text).diagnostics).toHaveLength(1)
    fc.assert(fc.property(fc.json(), (text) => void parseBudgets(text)))
  })

  it('keeps a workflow that is called like a property of every object', () => {
    const budgets: Budgets = Object.fromEntries([['__proto__', { wall: 1e6 }]])
    expect(Object.entries(parseBudgets(printBudgets(budgets)).budgets)).toEqual([['__proto__', { wall: 1e6 }]])
  })
})
