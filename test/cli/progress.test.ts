import { describe, expect, it } from 'vitest'
import { liveDisplay, plainDisplay, silentDisplay } from '../../src/cli/progress/progress-display.ts'
import { composeLine, composePlainLine, formatClock } from '../../src/cli/progress/progress-line.ts'
import { advanceProgress, beginProgress, remainingTime, shareDone } from '../../src/cli/progress/progress-state.ts'

/** A clock that stands until it is moved, and timers that fire when it passes them. */
function fakeWorld() {
  let now = 1000
  let timers: Array<{ readonly at: number; readonly callback: () => void }> = []
  const written: string[] = []
  return {
    written,
    ports: {
      clock: () => now,
      write: (text: string) => void written.push(text),
      columns: () => 101,
      after: (milliseconds: number, callback: () => void) => {
        const timer = { at: now + milliseconds, callback }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    pass(milliseconds: number) {
      const end = now + milliseconds
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((timer) => timer !== next)
        now = next.at
        next.callback()
      }
      now = end
    },
    pending: () => timers.length,
  }
}

const erase = '\r\u001b[K'

describe('the state of progress', () => {
  it('has no ETA before something was done at a known speed', () => {
    let state = beginProgress(0)
    expect(remainingTime(state, 100)).toBeNull()
    state = advanceProgress(state, { message: 'block 1', done: 0, total: 10 }, 0)
    expect(remainingTime(state, 5000)).toBeNull()
    expect(shareDone(state)).toBe(0)
  })

  it('goes on at the speed so far, and counts down between two updates', () => {
    let state = advanceProgress(beginProgress(0), { message: 'a', done: 0, total: 10 }, 1000)
    state = advanceProgress(state, { message: 'b', done: 2, total: 10 }, 5000)
    expect(remainingTime(state, 5000)).toBe(16_000)
    expect(remainingTime(state, 9000)).toBe(12_000)
    expect(remainingTime(state, 90_000)).toBe(0)
  })

  it('measures anew where the total changes or what is done falls', () => {
    let state = advanceProgress(beginProgress(0), { message: 'a', done: 0, total: 10 }, 0)
    state = advanceProgress(state, { message: 'a', done: 5, total: 10 }, 1000)
    expect(remainingTime(advanceProgress(state, { message: 'b', done: 5, total: 100 }, 2000), 2000)).toBeNull()
    expect(remainingTime(advanceProgress(state, { message: 'b', done: 1, total: 10 }, 2000), 2000)).toBeNull()
  })

  it('takes an update with a message as all that is known, one without as an addition', () => {
    const state = advanceProgress(beginProgress(0), { message: 'a', done: 1, total: 2 }, 0)
    expect(advanceProgress(state, { done: 2 }, 1).update).toEqual({ message: 'a', done: 2, total: 2 })
    expect(advanceProgress(state, { message: 'next' }, 1).update).toEqual({ message: 'next' })
  })

  it('never reports more than all of it as done', () => {
    expect(shareDone(advanceProgress(beginProgress(0), { done: 7, total: 5 }, 0))).toBe(1)
    expect(shareDone(advanceProgress(beginProgress(0), { done: 0, total: 0 }, 0))).toBeNull()
  })
})

describe('the line of progress', () => {
  const half = advanceProgress(
    advanceProgress(beginProgress(0), { message: 'x', done: 0, total: 16 }, 0),
    { message: 'block 8 of 16', done: 8, total: 16, detail: 'batched −60 %' },
    12_000,
  )

  it('says bar, count, elapsed, ETA, message and detail', () => {
    expect(composeLine(half, 12_000, 100)).toBe('━━━━━━━━────────   8/16  0:12  ETA 0:12  block 8 of 16  batched −60 %')
    expect(composePlainLine(half, 12_000)).toBe('block 8 of 16 (8/16, 0:12, ETA 0:12): batched −60 %')
  })

  it('says nothing that it does not know', () => {
    const loading = advanceProgress(beginProgress(0), { message: 'loading' }, 0)
    expect(composeLine(loading, 3000, 100)).toBe('0:03  loading')
    expect(composePlainLine(beginProgress(0), 3000)).toBe('working (0:03)')
  })

  it.each([1, 5, 12, 20, 40, 59, 60, 61, 80])('is never wider than a terminal of %i columns', (width) => {
    expect([...composeLine(half, 12_000, width)].length).toBeLessThanOrEqual(width)
  })

  it('cuts the detail first', () => {
    expect(composeLine(half, 12_000, 59)).toContain('block 8 of 16')
    expect(composeLine(half, 12_000, 46)).not.toContain('batched −60 %')
  })

  it('keeps user text on one line', () => {
    const state = advanceProgress(beginProgress(0), { message: 'a\nb\u001b[2J' }, 0)
    expect(composeLine(state, 0, 80)).toBe('0:00  a b')
  })

  it('writes minutes and seconds, and hours where there are some', () => {
    expect([7000, 750_000, 3_723_000, -5].map(formatClock)).toEqual(['0:07', '12:30', '1:02:03', '0:00'])
  })
})

describe('the live display', () => {
  it('repaints at most ten times a second, and the last update is always painted', () => {
    const world = fakeWorld()
    const display = liveDisplay(world.ports)
    for (let done = 0; done <= 1000; done++) {
      display.update({ message: 'work', done, total: 1000 })
      world.pass(1)
    }
    expect(world.written.length).toBeLessThanOrEqual(12)
    expect(world.written.length).toBeGreaterThanOrEqual(10)
    world.pass(100)
    expect(world.written.at(-1)).toContain('1000/1000')
  })

  it('moves the clock while nothing else moves', () => {
    const world = fakeWorld()
    liveDisplay(world.ports).update({ message: 'a long query' })
    world.pass(3000)
    expect(world.written.map((text) => text.replace(erase, ''))).toEqual([
      '0:00  a long query',
      '0:01  a long query',
      '0:02  a long query',
      '0:03  a long query',
    ])
  })

  it('puts lines of user code above it, each whole', () => {
    const world = fakeWorld()
    const display = liveDisplay(world.ports)
    display.update({ message: 'work' })
    display.log('hello')
    expect(world.written.slice(1)).toEqual([erase, 'hello\n'])
    world.pass(1000)
    expect(world.written.at(-1)).toBe(`${erase}0:01  work`)
  })

  it('does not repaint for each of a flood of lines', () => {
    const world = fakeWorld()
    const display = liveDisplay(world.ports)
    display.update({ message: 'work' })
    for (let line = 0; line < 1000; line++) display.log('noise')
    expect(world.written.filter((text) => text.includes('work')).length).toBe(1)
  })

  it('leaves nothing behind when it is cleared: no text, no timer', () => {
    const world = fakeWorld()
    const display = liveDisplay(world.ports)
    display.update({ message: 'work' })
    display.update({ message: 'more' })
    display.clear()
    expect(world.written.at(-1)).toBe(erase)
    expect(world.pending()).toBe(0)
    display.update({ message: 'another' })
    expect(world.written.at(-1)).toBe(`${erase}0:00  another`)
  })
})

describe('the plain display', () => {
  it('writes a line at most every few seconds, without control codes', () => {
    const world = fakeWorld()
    const display = plainDisplay(world.ports)
    for (let done = 0; done <= 120; done++) {
      display.update({ message: 'work', done, total: 120 })
      world.pass(100)
    }
    expect(world.written.length).toBe(3)
    expect(world.written.join('')).not.toContain('\u001b')
    expect(world.written[0]).toBe('work (0/120, 0:00)\n')
  })

  it('does not say the same again', () => {
    const world = fakeWorld()
    const display = plainDisplay(world.ports)
    for (let turn = 0; turn < 100; turn++) {
      display.update({ message: 'waiting for process 12' })
      world.pass(250)
    }
    expect(world.written.length).toBe(1)
  })

  it('writes every line of user code', () => {
    const world = fakeWorld()
    const display = plainDisplay(world.ports)
    display.log('one')
    display.log('two')
    expect(world.written).toEqual(['one\n', 'two\n'])
  })
})

describe('the silent display', () => {
  it('says nothing', () => {
    const display = silentDisplay()
    expect([display.update({ message: 'x' }), display.log('y'), display.clear()]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
