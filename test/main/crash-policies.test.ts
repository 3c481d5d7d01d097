import { constants } from 'node:os'
import { describe, expect, it } from 'vitest'
import { answerPageGone, type GoneReason, unresponsiveAnswer } from '../../src/main/page-gone.ts'
import { decideAfterCrash } from '../../src/main/restart-policy.ts'
import { endingOf } from '../../src/main/runner-exit.ts'

describe('after a crash of the engine', () => {
  const now = 1_000_000
  const ago = (...seconds: number[]) => seconds.map((second) => now - second * 1000)

  it.each([
    ['the first', ago(0), 0],
    ['the second within a minute', ago(30, 0), 500],
    ['the third', ago(30, 20, 0), 2000],
    ['the fourth', ago(59, 30, 20, 0), 5000],
    ['one after a quiet minute', ago(500, 400, 300, 60, 0), 0],
  ])('%s is followed by a restart', (_name, crashes, delay) => {
    expect(decideAfterCrash(crashes, now)).toEqual({ action: 'restart', delay })
  })

  it('the fifth within a minute is the end, with a sentence', () => {
    const decision = decideAfterCrash(ago(59, 50, 30, 20, 0), now)
    expect(decision).toEqual({
      action: 'give-up',
      sentence: expect.stringContaining('stopped 5 times within a minute'),
    })
  })
})

describe('how a runner ended', () => {
  const { signals } = constants
  it.each([
    ['killed by us', 0, true, 'linux', { code: null, signal: 'SIGKILL' }],
    ['killed by us, on Windows', 1, true, 'win32', { code: null, signal: 'SIGKILL' }],
    ['killed by somebody', 9, false, 'linux', { code: null, signal: 'SIGKILL' }],
    ['a crash', 11, false, 'linux', { code: null, signal: 'SIGSEGV' }],
    ['an abort with a core', 6 | 0x80, false, 'darwin', { code: null, signal: 'SIGABRT' }],
    ['a status with an exit code', 3 << 8, false, 'linux', { code: 3, signal: null }],
    ['a good end', 0, false, 'linux', { code: 0, signal: null }],
    ['a number that is no signal', 127, false, 'linux', { code: 127, signal: null }],
    ['an access violation on Windows', 0xc0000005, false, 'win32', { code: 0xc0000005, signal: null }],
    ['a small exit code on Windows', 9, false, 'win32', { code: 9, signal: null }],
  ] as const)('%s', (_name, status, killed, platform, ending) => {
    expect(endingOf(status, killed, platform, signals)).toEqual(ending)
  })
})

describe('when the page is gone', () => {
  const reasons: GoneReason[] = [
    'abnormal-exit',
    'killed',
    'crashed',
    'oom',
    'launch-failed',
    'integrity-failure',
    'memory-eviction',
  ]
  it.each(reasons)('%s is told in sentences, with what to do', (reason) => {
    const answer = answerPageGone(reason)
    expect(answer?.message).toMatch(/^[A-Z].*\.$/)
    expect(answer?.detail).toMatch(/^[A-Z].*\.$/)
  })

  it('nothing is told of a good end', () => {
    expect(answerPageGone('clean-exit')).toBeUndefined()
  })

  it('changed files are not loaded again', () => {
    expect(answerPageGone('integrity-failure')?.canReload).toBe(false)
    expect(answerPageGone('crashed')?.canReload).toBe(true)
  })

  it('one that does not answer can be waited for', () => {
    expect(unresponsiveAnswer.detail).toMatch(/^Wait/)
  })
})
