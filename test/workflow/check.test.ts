import { checkWorkflow, knob, planWorkflow, workflow, workflowOf } from 'strobe'
import { describe, expect, it } from 'vitest'
import { formatDiagnostic } from '../../src/base/index.ts'
import example from './order-pricing.workflow.ts'

// biome-ignore lint/suspicious/noExplicitAny: the checks are for what the compiler has not seen
type Untyped = any

/** A sound workflow to break: resource db, task rows, map sizes, switch way. */
const sound: Untyped = workflow('w', { params: { limit: 5 } })
  .resource('db', { knobs: { batch: knob.integer(1, { min: 1, max: 100 }) } }, () => ({}))
  .task('rows', { use: ['db'] }, () => [1])
  .map('sizes', { over: 'rows', knobs: { concurrency: knob.integer(1, { min: 1, max: 64 }) } }, (row) => row)

const cycle = (declare: (inner: Untyped) => Untyped, limits: object = { maxIterations: 5 }, options: object = {}) =>
  sound.cycle('fit', options, (chain: Untyped) =>
    declare(chain.start(() => 1))
      .next(() => 2)
      .limits(limits),
  )

function check(chain: Untyped) {
  return checkWorkflow(workflowOf(chain)!)
}

describe('checkWorkflow', () => {
  it('has nothing to say about a sound workflow', () => {
    expect(check(sound)).toEqual([])
  })

  it.each<[string, Untyped, string, string?]>([
    ['an unknown node in from', sound.task('x', { from: ['sises'] }, () => 1), 'unknown-node', "Did you mean 'sizes'?"],
    ['itself', sound.task('x', { from: ['x'] }, () => 1), 'circular', 'cycle'],
    ['a resource in from', sound.task('x', { from: ['db'] }, () => 1), 'unknown-node', "'db' is a resource"],
    ['an unknown list', sound.map('x', { over: 'row' }, () => 1), 'unknown-node', "Did you mean 'rows'?"],
    ['an unknown resource', sound.task('x', { use: ['bd'] }, () => 1), 'unknown-resource', "Did you mean 'db'?"],
    ['a node in use', sound.task('x', { use: ['rows'] }, () => 1), 'unknown-resource', "'rows' is a node"],
    ['an unknown resource of a resource', sound.resource('x', { use: ['nothing'] }, () => 1), 'unknown-resource'],
    ['a name twice', sound.task('rows', () => 1), 'duplicate-name'],
    ['a resource named as a node', sound.resource('rows', () => 1), 'duplicate-name'],
    ['a reserved name', sound.task('params', () => 1), 'reserved-name'],
    ['a name with a slash', sound.task('a/b', () => 1), 'invalid-name'],
    ['an empty name', sound.task('', () => 1), 'invalid-name'],
    ['a workflow without a name', (workflow('') as Untyped).task('a', () => 1), 'invalid-name'],
    ['a workflow without nodes', workflow('w'), 'no-nodes'],
    [
      'nodes that need each other',
      sound.task('a', { from: ['b'] }, () => 1).task('b', { from: ['a'] }, () => 1),
      'circular',
    ],
    [
      'resources that need each other',
      sound.resource('a', { use: ['b'] }, () => 1).resource('b', { use: ['a'] }, () => 1),
      'circular',
    ],
    ['no limit', cycle((c) => c, {}), 'no-limit', 'maxIterations'],
    ['half an iteration', cycle((c) => c, { maxIterations: 0.5 }), 'limit-range'],
    ['no iterations', cycle((c) => c, { maxIterations: 0 }), 'limit-range'],
    ['a limit as text', cycle((c) => c, { maxIterations: '5' }), 'limit-range'],
    ['a timeout that timers do not hold', cycle((c) => c, { timeout: '1000h' }), 'limit-range'],
    ['a task with such a timeout', sound.task('x', { timeout: '1000h' }, () => 1), 'limit-range'],
    ['patience without a metric', cycle((c) => c, { patience: 5 }), 'patience-without-metric'],
    [
      'a goal that there is not',
      sound.cycle('fit', {}, (c: Untyped) =>
        c
          .start(() => 1)
          .next(() => 1)
          .metric('loss', () => 1, { goal: 'minimize' })
          .limits({ patience: 5 }),
      ),
      'invalid-goal',
    ],
    [
      'a target that is no number',
      sound.cycle('fit', {}, (c: Untyped) =>
        c
          .start(() => 1)
          .next(() => 1)
          .metric('loss', () => 1, { goal: 'reach' })
          .limits({ patience: 5 }),
      ),
      'invalid-goal',
    ],
    [
      'a node outside of the cycle',
      cycle((c) => c.task('x', { from: ['rows'] }, () => 1)),
      'unknown-node',
      'from of the cycle',
    ],
    [
      'a resource outside of the cycle',
      cycle((c) => c.task('x', { use: ['db'] }, () => 1)),
      'unknown-resource',
      'use of the cycle',
    ],
    [
      'a name of a node that the cycle takes',
      cycle((c) => c.task('rows', () => 1), { maxIterations: 5 }, { from: ['rows'] }),
      'duplicate-name',
    ],
    ['a reserved name in a cycle', cycle((c) => c.task('state', () => 1)), 'reserved-name'],
    [
      'a circle in a cycle',
      cycle((c) => c.task('a', { from: ['b'] }, () => 1).task('b', { from: ['a'] }, () => 1)),
      'circular',
      'cycle',
    ],
    [
      'no limit in a nested cycle',
      cycle((c) => c.cycle('in', (i: Untyped) => i.start(() => 1).next(() => 1))),
      'no-limit',
    ],
    [
      'a knob with its default out of range',
      sound.task('x', { knobs: { k: knob.integer(5, { min: 1, max: 4 }) } }, () => 1),
      'knob-range',
    ],
    [
      'a knob without a range',
      sound.task('x', { knobs: { k: { type: 'integer', default: 5 } } }, () => 1),
      'knob-range',
    ],
    ['an empty range', sound.task('x', { knobs: { k: knob.number(5, { min: 6, max: 4 }) } }, () => 1), 'knob-range'],
    [
      'a whole number that is none',
      sound.task('x', { knobs: { k: knob.integer(1.5, { min: 1, max: 4 }) } }, () => 1),
      'knob-range',
    ],
    ['no choices', sound.task('x', { knobs: { k: knob.choice('a' as never, []) } }, () => 1), 'knob-range'],
    [
      'a concurrency of 0',
      sound.map('x', { over: 'rows', knobs: { concurrency: knob.integer(1, { min: 0, max: 4 }) } }, () => 1),
      'knob-range',
    ],
    [
      'too high a maxConcurrency',
      (workflow('w', { maxConcurrency: 1000 }) as Untyped).task('a', () => 1),
      'knob-range',
    ],
    [
      'a variant of an unknown node',
      sound.variant('v', { size: { concurrency: 2 } }),
      'unknown-node',
      "Did you mean 'sizes'?",
    ],
    ['a variant of a node without knobs', sound.variant('v', { rows: { concurrency: 2 } }), 'unknown-knob'],
    ['a variant of an unknown knob', sound.variant('v', { sizes: { concurency: 2 } }), 'unknown-knob', "'concurrency'"],
    ['a knob named like a method of objects', sound.variant('v', { sizes: { toString: 2 } }), 'unknown-knob'],
    ['a variant out of range', sound.variant('v', { sizes: { concurrency: 65 } }), 'knob-range'],
    ['a variant with text for a number', sound.variant('v', { sizes: { concurrency: '2' } }), 'knob-range'],
    ['a variant of the run out of range', sound.variant('v', { run: { maxConcurrency: 0 } }), 'knob-range'],
    ['a variant of an unknown param', sound.variant('v', { params: { limt: 2 } }), 'unknown-param', "'limit'"],
    ['a variant with another type', sound.variant('v', { params: { limit: '2' } }), 'param-type'],
    ['a variant twice', sound.variant('v', {}).variant('v', {}), 'duplicate-variant'],
    ['a variant called baseline', sound.variant('baseline', {}), 'reserved-name'],
    ['a route of no switch', sound.task('x', { on: { rows: 'a' } }, () => 1), 'unknown-node'],
    [
      'an unknown route',
      sound.switch('way', { routes: ['left', 'right'] }, () => 'left').task('x', { on: { way: 'lefty' } }, () => 1),
      'unknown-route',
      "Did you mean 'left'?",
    ],
  ])('finds %s', (_what, chain, code, mend = '') => {
    const found = check(chain).filter((diagnostic) => diagnostic.severity === 'error')
    expect(found.map((diagnostic) => diagnostic.code)).toEqual([`workflow.${code}`])
    expect(found[0]!.place?.file).toMatch(/check\.test\.ts$/)
    expect(found[0]!.mend).toContain(mend)
  })

  it('warns of what is not executed yet, and the plan refuses it', () => {
    const model = workflowOf(example)!
    const [warning, ...others] = checkWorkflow(model)
    expect(others).toEqual([])
    expect(warning).toMatchObject({ severity: 'warning', code: 'workflow.not-executed' })
    expect(formatDiagnostic(warning!)).toMatch(
      /order-pricing\.workflow\.ts:31:8 warning workflow\.not-executed: The task 'fit\/step' has thread: true, which is not executed yet/,
    )
    const planned = planWorkflow(model)
    expect(planned.plan).toBeUndefined()
    expect(planned.diagnostics).toMatchObject([{ severity: 'error', code: 'workflow.not-executed' }])
  })

  it('warns of switches and merges, and not of cycles in cycles', () => {
    const chain = sound
      .switch('way', { routes: ['left', 'right'] }, () => 'left')
      .task('x', { on: { way: 'left' } }, () => 1)
      .merge('all', { from: ['x', 'sizes'] })
    expect(check(chain).map(({ severity, message }) => [severity, message.slice(0, 40)])).toEqual([
      ['warning', "The switch 'way' is not executed yet by "],
      ['warning', "The merge 'all' is not executed yet by t"],
    ])
    const nested = cycle((c) =>
      c.cycle('in', (i: Untyped) =>
        i
          .start(() => 1)
          .next(() => 1)
          .limits({ maxIterations: 1 }),
      ),
    )
    expect(check(nested)).toEqual([])
  })
})
