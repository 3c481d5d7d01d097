import { constants } from 'node:os'
import { describe, expect, it, vi } from 'vitest'
import type { MainToEngine } from '../../src/main/engine-messages.ts'
import { descendantsOf } from '../../src/main/process-tree.ts'
import { createRunnerForks } from '../../src/main/runner-forks.ts'
import { FakeFork, type NamedPort, namedChannels } from './fake-fork.ts'

function start() {
  const child = new FakeFork()
  const told: Array<{ message: MainToEngine; port?: NamedPort | undefined }> = []
  const fork = vi.fn(() => child)
  const killTree = vi.fn(async () => {})
  const forks = createRunnerForks<NamedPort>({
    ...{ fork, killTree, openChannel: namedChannels(), signals: constants.signals },
    tell: (message, port) => void told.push({ message, port }),
  })
  forks.receive({ type: 'fork-runner', runner: 3, environment: { LEVEL: '1' } })
  return { child, told, fork, killTree, forks }
}

const endOf = async (told: ReadonlyArray<{ message: MainToEngine }>) =>
  vi.waitFor(() => {
    const last = told.at(-1)?.message
    expect(last?.type).toBe('runner-ended')
    return last
  })

describe('runners that the main process forks', () => {
  it('get a port to the engine, and the engine the other end', () => {
    const { child, told, fork } = start()
    expect(fork).toHaveBeenCalledExactlyOnceWith({ LEVEL: '1' })
    expect(told).toEqual([])
    child.spawned()
    expect(child.posted.map(({ ports }) => ports)).toEqual([[{ name: '1b' }]])
    expect(told).toEqual([{ message: { type: 'runner-forked', runner: 3, pid: 4711 }, port: { name: '1a' } }])
  })

  it('end with what they said last, also what comes after the event', async () => {
    const { child, told } = start()
    child.spawned()
    child.stderr.write('one\n')
    await vi.waitFor(() => expect(child.stderr.readableLength).toBe(0))
    child.breaks('heap out of memory')
    child.exits(constants.signals.SIGABRT)
    await new Promise(setImmediate)
    child.stderr.end('two\n')
    expect(await endOf(told)).toEqual({
      ...{ type: 'runner-ended', runner: 3, code: null, signal: 'SIGABRT' },
      lastWords: 'one\n\nFatalError: heap out of memorytwo\n',
    })
  })

  it('end though something holds their error output open', async () => {
    const { child, told } = start()
    child.spawned()
    child.exits(0)
    expect(await endOf(told)).toMatchObject({ code: 0, signal: null, lastWords: '' })
  })

  it('are ended with everything below them, by what the engine calls them', async () => {
    const { child, told, killTree, forks } = start()
    child.spawned()
    expect(forks.receive({ type: 'kill-runner', runner: 9 })).toBe(true)
    expect(killTree).not.toHaveBeenCalled()
    forks.receive({ type: 'kill-runner', runner: 3 })
    expect(killTree).toHaveBeenCalledExactlyOnceWith(4711)
    child.exits(0)
    child.stderr.end()
    expect(await endOf(told)).toMatchObject({ code: null, signal: 'SIGKILL' })
    forks.killAll()
    expect(killTree).toHaveBeenCalledTimes(1)
  })

  it('are ended as soon as they have started where they had not yet', () => {
    const { child, told, killTree, forks } = start()
    child.pid = undefined
    forks.killAll()
    expect(killTree).not.toHaveBeenCalled()
    child.pid = 4712
    child.spawned()
    expect(killTree).toHaveBeenCalledExactlyOnceWith(4712)
    expect(told).toEqual([])
  })

  it('leave messages about something else to others', () => {
    expect(start().forks.receive({ type: 'closed' })).toBe(false)
  })
})

describe('what lies below a process', () => {
  const listing = `
    1     0
   10     1
   11    10
   12    11
   13    10
   20     1
  garbage
   14    12 `

  it('is found at every depth, parents first', () => {
    expect(descendantsOf(10, listing)).toEqual([11, 13, 12, 14])
    expect(descendantsOf(20, listing)).toEqual([])
    expect(descendantsOf(99, '')).toEqual([])
  })

  it('ends where ids go in a circle', () => {
    expect(descendantsOf(1, '2 1\n1 2\n')).toEqual([2])
  })
})
