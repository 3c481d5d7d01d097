import { describe, expect, it } from 'vitest'
import { type CommandEntry, commandTable } from '../../src/protocol/index.ts'
import {
  isMac,
  isPlainKey,
  matchesStroke,
  type Stroke,
  StrokeFollower,
  spellKeys,
} from '../../src/renderer/commands/keys.ts'

const stroke = (key: string, ...modifiers: Array<'ctrl' | 'meta' | 'alt' | 'shift'>): Stroke => ({
  key,
  ctrlKey: modifiers.includes('ctrl'),
  metaKey: modifiers.includes('meta'),
  altKey: modifiers.includes('alt'),
  shiftKey: modifiers.includes('shift'),
})

describe('a stroke', () => {
  it.each([
    ['Mod+K', stroke('k', 'ctrl'), false, true],
    ['Mod+K', stroke('k', 'meta'), false, false],
    ['Mod+K', stroke('k', 'meta'), true, true],
    ['Mod+K', stroke('k', 'ctrl'), true, false],
    ['Mod+K', stroke('K', 'ctrl', 'shift'), false, false],
    ['Mod+K', stroke('k'), false, false],
    ['Mod+Shift+E', stroke('E', 'ctrl', 'shift'), false, true],
    ['Mod+Shift+E', stroke('e', 'ctrl'), false, false],
    ['Alt+ArrowLeft', stroke('ArrowLeft', 'alt'), false, true],
    ['Alt+ArrowLeft', stroke('ArrowLeft'), false, false],
    ['?', stroke('?', 'shift'), false, true],
    ['?', stroke('?'), false, true],
    ['?', stroke('?', 'ctrl'), false, false],
    ['/', stroke('/', 'shift'), false, true],
    ['Mod+.', stroke('.', 'ctrl'), false, true],
    ['Mod+1', stroke('1', 'ctrl'), false, true],
    ['Mod++', stroke('+', 'ctrl', 'shift'), false, true],
    ['Escape', stroke('Escape', 'shift'), false, false],
  ])('%s and %j on a Mac: %s → %s', (keys, typed, mac, matches) => {
    expect(matchesStroke(keys, typed, mac)).toBe(matches)
  })

  it('without a modifier is text where one types', () => {
    expect(['?', '/', 'Shift+A', 'Mod+K', 'Alt+ArrowLeft', 'g r'].map(isPlainKey)).toEqual([
      ...[true, true, true, false, false, true],
    ])
  })

  it('is spelled as it is printed on the keyboard', () => {
    expect(spellKeys('Mod+Shift+E', false)).toEqual(['Ctrl', 'Shift', 'E'])
    expect(spellKeys('Mod+Shift+E', true)).toEqual(['⌘', '⇧', 'E'])
    expect(spellKeys('g ArrowLeft', false)).toEqual(['G', '←'])
    expect(spellKeys('Mod+.', false)).toEqual(['Ctrl', '.'])
    expect([isMac('MacIntel'), isMac('Linux x86_64'), isMac('')]).toEqual([true, false, false])
  })
})

describe('strokes in turn', () => {
  const follower = () =>
    new StrokeFollower(
      [
        { id: 'run', keys: 'g r' },
        { id: 'report', keys: 'g Shift+R' },
        { id: 'find', keys: '/' },
      ],
      false,
    )

  it('complete a sequence', () => {
    const keys = follower()
    expect(keys.follow(stroke('g'), 0)).toBeUndefined()
    expect(keys.follow(stroke('r'), 500)).toBe('run')
    expect(keys.follow(stroke('r'), 600)).toBeUndefined()
  })

  it('are forgotten when nothing follows in time', () => {
    const keys = follower()
    keys.follow(stroke('g'), 0)
    expect(keys.follow(stroke('r'), 2000)).toBeUndefined()
  })

  it('begin anew with the stroke that broke a sequence', () => {
    const keys = follower()
    keys.follow(stroke('g'), 0)
    expect(keys.follow(stroke('/'), 100)).toBe('find')
    keys.follow(stroke('g'), 200)
    keys.follow(stroke('g'), 300)
    expect(keys.follow(stroke('r'), 400)).toBe('run')
  })

  it('do not count the modifiers by themselves', () => {
    const keys = follower()
    keys.follow(stroke('g'), 0)
    keys.follow(stroke('Shift', 'shift'), 50)
    expect(keys.follow(stroke('R', 'shift'), 100)).toBe('report')
  })
})

describe('the keys of the commands', () => {
  const entries: readonly CommandEntry[] = commandTable
  const keys = entries.flatMap((entry) => (entry.keys ? [entry.keys] : []))

  it('are each given once', () => {
    expect(keys.length).toBeGreaterThan(10)
    expect(new Set(keys).size).toBe(keys.length)
  })

  // https://chromium.googlesource.com/chromium/src: BrowserCommandController::IsReservedCommandOrKey
  it('are none that a browser keeps to itself', () => {
    const reserved = ['Mod+N', 'Mod+T', 'Mod+W', 'Mod+Shift+N', 'Mod+Shift+T', 'Mod+Shift+W', 'Mod+Tab', 'Mod+Q']
    expect(keys.filter((key) => reserved.includes(key))).toEqual([])
  })
})
