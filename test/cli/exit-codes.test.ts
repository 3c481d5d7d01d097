import { CommanderError } from 'commander'
import pico from 'picocolors'
import { describe, expect, it } from 'vitest'
import { StrobeError } from '../../src/base/index.ts'
import { exitOf, exits } from '../../src/cli/exit-codes.ts'
import { describeFailure } from '../../src/cli/failure.ts'
import { errorDocument, jsonDocument } from '../../src/cli/json-document.ts'

const failed = (code: string) => new StrobeError(code, 'It failed. Do something.')

describe('exit codes', () => {
  it('are stable, and each is one thing', () => {
    expect(Object.fromEntries(Object.entries(exits).map(([name, { code }]) => [name, code]))).toEqual({
      ...{ done: 0, failure: 1, usage: 2, unknown: 3, refused: 4, busy: 5, bug: 70, cancelled: 130 },
    })
  })

  it.each([
    ['engine.unknown-id', 'unknown'],
    ['engine.unknown-workflow', 'unknown'],
    ['engine.ambiguous-id', 'unknown'],
    ['workflow.unknown-variant', 'unknown'],
    ['store.missing', 'unknown'],
    ['engine.busy', 'busy'],
    ['engine.one-variant', 'usage'],
    ['statistics.invalid-plan', 'usage'],
    ['cli.no-folder', 'usage'],
    ['cancelled', 'cancelled'],
    ['store.newer-version', 'failure'],
    ['workflow.unknown-knob', 'usage'],
    ['workflow.knob-range', 'usage'],
    ['workflow.unknown-param', 'usage'],
    ['engine.nothing-to-advise-on', 'failure'],
  ])('%s ends as %s', (code, exit) => {
    expect(exitOf(failed(code))).toBe(exit)
  })

  it('tells a knob that was typed from one in a file', () => {
    const place = { file: '/shop/a.workflow.ts', line: 3, column: 5 }
    expect(exitOf(new StrobeError('workflow.unknown-knob', 'No knob x.', { data: { place } }))).toBe('failure')
  })

  it('tells bugs from errors of the file system and of the command line', () => {
    expect(exitOf(new TypeError('x is not a function'))).toBe('bug')
    expect(exitOf('a string')).toBe('bug')
    const denied = Object.assign(new Error('EACCES: denied'), { code: 'EACCES', errno: -13, syscall: 'open' })
    expect(exitOf(denied)).toBe('failure')
    expect(exitOf(new CommanderError(1, 'commander.unknownOption', 'x'))).toBe('usage')
    expect(exitOf(new CommanderError(0, 'commander.helpDisplayed', 'x'))).toBe('done')
  })
})

describe('errors in words', () => {
  const style = { colours: pico.createColors(false), shown: (path: string) => path.replace('/shop/', ''), debug: false }

  it('says the sentence and the code, and no stack', () => {
    expect(describeFailure(failed('engine.busy'), style)).toEqual(['Error It failed. Do something. (engine.busy)'])
  })

  it('puts the place first where there is one', () => {
    const place = { file: '/shop/a.workflow.ts', line: 3, column: 5 }
    const error = new StrobeError('workflow.unknown-node', 'No node x.', { data: { place } })
    expect(describeFailure(error, style)).toEqual(['a.workflow.ts:3:5 error workflow.unknown-node: No node x.'])
  })

  it('owns up to a bug, and shows the stack only when asked', () => {
    const bug = new TypeError('x is not a function')
    expect(describeFailure(bug, style).join('\n')).toContain('bug of Strobe')
    expect(describeFailure(bug, style).join('\n')).not.toContain('    at ')
    expect(describeFailure(bug, { ...style, debug: true }).join('\n')).toContain('    at ')
  })
})

describe('JSON documents', () => {
  it('writes typed arrays as arrays and what is no number as null', () => {
    const text = jsonDocument({ numbers: Float64Array.of(1, Number.NaN), big: 12n, infinite: Infinity })
    expect(JSON.parse(text)).toEqual({ numbers: [1, null], big: '12', infinite: null })
  })

  it('tells an error with its code, data and exit code', () => {
    const error = new StrobeError('engine.busy', 'Process 12 is measuring.', { data: { pid: 12 } })
    expect(JSON.parse(errorDocument(error, 'busy', error.message))).toEqual({
      error: { code: 'engine.busy', message: 'Process 12 is measuring.', data: { pid: 12 }, exitCode: 5 },
    })
  })
})
