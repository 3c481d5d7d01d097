import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { type CommandExecution, executeCommand, hasShellTimer } from '../../src/runtime/command-process.ts'

const base: Omit<CommandExecution, 'words'> = {
  ...{ directory: tmpdir(), variables: {}, output: 'discard', timer: 'process', timeout: 10_000 },
}
const never = new AbortController().signal
const timers = (await hasShellTimer()) ? (['shell', 'process'] as const) : (['process'] as const)

describe.each(timers)('a command timed by the %s', (timer) => {
  const run = (words: readonly string[], changes: Partial<CommandExecution> = {}, signal = never) =>
    executeCommand({ ...base, timer, words, ...changes }, signal)

  it('ends with its exit code, and has taken at least as long as it slept', async () => {
    const outcome = await run(['/bin/sh', '-c', 'sleep 0.05; exit 7'])
    expect(outcome).toMatchObject({ ended: 'exited', code: 7, signal: null })
    expect(outcome.wall).toBeGreaterThanOrEqual(50e6)
  })

  it('gets its variables and folder, and none of the timing', async () => {
    const check = 'test "$PROBE" = yes && test "$(pwd -P)" = "$(cd "$HERE" && pwd -P)" && test ! -e /proc/self/fd/3'
    const variables = { PROBE: 'yes', HERE: tmpdir() }
    expect(await run(['/bin/sh', '-c', check], { variables })).toMatchObject({ code: 0 })
  })

  it('is ended by its time limit, and by a cancel', async () => {
    expect(await run(['sleep', '60'], { timeout: 100 })).toMatchObject({ ended: 'timeout', code: null })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    expect(await run(['sleep', '60'], {}, stop.signal)).toMatchObject({ ended: 'cancelled' })
    expect(await run(['sleep', '60'], {}, AbortSignal.abort())).toMatchObject({ ended: 'cancelled', wall: null })
  })

  it('that is not there is not started', async () => {
    const outcome = await run(['no-such-program-here'])
    expect(outcome).toMatchObject({ ended: 'not-started', wall: null })
    expect(outcome.problem).toContain('no-such-program-here')
  })

  it('that is a builtin of shells, too, is the program', async () => {
    // A shell's own `test` knows `-v`; the program of that name does not.
    expect((await run(['test', '-v', 'PATH'])).code).not.toBe(0)
  })

  it('that dies by a signal says so', async () => {
    const { code, signal } = await run(['/bin/sh', '-c', 'kill -KILL $$'])
    // A shell around it tells the signal by its exit code, as shells do.
    expect([code, signal]).toEqual(timer === 'shell' ? [137, null] : [null, 'SIGKILL'])
  })
})

it.runIf(timers.length > 1)('the shell takes user and system times, which are no more than a core had', async () => {
  const words = ['/bin/sh', '-c', 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done']
  const { wall, user, system } = await executeCommand({ ...base, timer: 'shell', words }, never)
  expect(user! + system!).toBeGreaterThan(0)
  // Both are rounded to a millisecond.
  expect(user! + system!).toBeLessThanOrEqual(wall! + 2e6)
})
