import { describe, expect, it } from 'vitest'
import type { RunSummary, WorkflowCard } from '../../src/protocol/index.ts'
import { any, filterOf, queryOf } from '../../src/renderer/screens/workspace/activity-filter.ts'
import { pickedAdvice, togglePicked } from '../../src/renderer/screens/workspace/picked-advice.ts'

describe('the filter of the list below the cards', () => {
  it('stands in the address, and what is as it is at first does not', () => {
    const first = filterOf({})
    expect(first).toEqual({ kind: 'runs', workflow: any, outcome: any, trials: false, search: '' })
    expect(Object.values(queryOf(first)).every((part) => part === undefined)).toBe(true)
    const filter = { kind: 'experiments', workflow: 'orders', outcome: 'faster', trials: true, search: 'x' } as const
    expect(filterOf(queryOf(filter) as Record<string, string>)).toEqual(filter)
  })

  it('takes whatever an address holds', () => {
    expect(filterOf({ list: 'dreams', trials: 'perhaps', search: 'x'.repeat(300), workflow: '' })).toEqual({
      kind: 'runs',
      workflow: any,
      outcome: any,
      trials: false,
      search: 'x'.repeat(200),
    })
  })
})

describe('runs that were ticked', () => {
  const run = (id: string, variant: string, value: number | null, workflow = 'orders') =>
    ({ id, workflow, variant, value, file: `${workflow}.workflow.ts` }) as RunSummary
  const description = { variants: [{ name: 'batched' }, { name: 'wide' }] } as unknown as NonNullable<
    WorkflowCard['description']
  >
  const cards = [{ file: 'orders.workflow.ts', description }]
  const baseline = run('r1', 'baseline', 200e6)
  const batched = run('r2', 'batched', 100e6)

  it('are two at most: the one that was ticked first goes', () => {
    const third = run('r3', 'wide', 1)
    expect(togglePicked(togglePicked([baseline], batched), third).map(({ id }) => id)).toEqual(['r2', 'r3'])
    expect(togglePicked([baseline, batched], baseline)).toEqual([batched])
  })

  it('lead to an experiment of their variants, in the order of the workflow', () => {
    const advice = pickedAdvice([batched, baseline], cards)
    expect(advice).toMatchObject({ file: 'orders.workflow.ts', variants: ['baseline', 'batched'] })
    expect(advice!.sentence).toContain('(+100.0 %, without an interval)')
  })

  it('lead to none where an experiment would tell nothing', () => {
    expect(pickedAdvice([], cards)).toBeUndefined()
    expect(pickedAdvice([baseline], cards)).not.toHaveProperty('variants')
    expect(pickedAdvice([baseline, run('r4', 'baseline', null)], cards)).not.toHaveProperty('variants')
    expect(pickedAdvice([baseline, run('r5', 'baseline', 1, 'fit')], cards)!.sentence).toContain('different workflows')
    expect(pickedAdvice([baseline, run('r6', 'patched', 1)], cards)).not.toHaveProperty('variants')
  })
})
