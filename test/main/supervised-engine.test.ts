import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SupervisedEngine } from '../../src/main/supervised-engine.ts'
import { FakeFork, type NamedPort, namedChannels } from './fake-fork.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function supervise(workspace?: string) {
  const children: FakeFork[] = []
  const killAll = vi.fn()
  const receive = vi.fn(() => false)
  const events = {
    onRestarted: vi.fn(),
    onGivenUp: vi.fn(),
    onRecent: vi.fn(),
    log: vi.fn(),
  }
  const engine = new SupervisedEngine<NamedPort>({
    ...events,
    fork: () => {
      const child = new FakeFork()
      children.push(child)
      return child
    },
    openChannel: namedChannels(),
    createForks: () => ({ receive, killAll }),
    dataDirectory: '/data',
    ...(workspace === undefined ? {} : { workspace }),
    now: () => Date.now(),
  })
  engine.start()
  const crash = async () => {
    children.at(-1)!.exits(139)
    await vi.advanceTimersByTimeAsync(5000)
  }
  return { engine, children, events, killAll, receive, crash }
}

const request = { id: 'trace-1', isPreview: false }

describe('the engine, supervised', () => {
  it('is told first where its data are and what to open', () => {
    const { children } = supervise('/work/shop')
    expect(children[0]?.posted[0]?.message).toEqual({
      type: 'start',
      dataDirectory: '/data',
      workspace: '/work/shop',
    })
    const other = supervise()
    expect(other.children[0]?.posted[0]?.message).toEqual({ type: 'start', dataDirectory: '/data' })
  })

  it('gives each page a port of its own', () => {
    const { engine, children } = supervise()
    expect(engine.connect()).toEqual({ name: '1a' })
    expect(engine.connect()).toEqual({ name: '2a' })
    expect(children[0]?.posted.slice(1)).toEqual([
      { message: { type: 'page' }, ports: [{ name: '1b' }] },
      { message: { type: 'page' }, ports: [{ name: '2b' }] },
    ])
  })

  it('answers for blobs, each question with its own answer', async () => {
    const { engine, children } = supervise()
    const first = engine.blob(request, {})
    const second = engine.blob({ ...request, id: 'gone' }, { range: 'bytes=0-1' })
    const third = engine.blob({ ...request, id: 'broken' }, {})
    expect(children[0]?.posted.slice(1).map(({ message }) => message)).toEqual([
      { type: 'blob', number: 1, request, conditions: {} },
      { type: 'blob', number: 2, request: { id: 'gone', isPreview: false }, conditions: { range: 'bytes=0-1' } },
      { type: 'blob', number: 3, request: { id: 'broken', isPreview: false }, conditions: {} },
    ])
    const answer = { status: 200, headers: {} } as const
    children[0]?.says({ type: 'blob', number: 3, problem: 'The report could not be made.' })
    children[0]?.says({ type: 'blob', number: 2 })
    children[0]?.says({ type: 'blob', number: 1, answer })
    expect(await first).toEqual(answer)
    expect(await second).toBeUndefined()
    await expect(third).rejects.toMatchObject({ code: 'engine.blob-failed' })
  })

  it('that crashes is started again, opens what was open, and pages get new ports', async () => {
    const { engine, children, events, killAll, crash } = supervise('/work/shop')
    children[0]?.says({ type: 'workspace', open: { samples: true }, recent: ['/work/shop'] })
    expect(events.onRecent).toHaveBeenCalledWith(['/work/shop'])
    const open = engine.blob(request, {})
    const refused = expect(open).rejects.toMatchObject({ code: 'connection.lost' })
    await crash()
    await refused
    expect(killAll).toHaveBeenCalledTimes(1)
    expect(children).toHaveLength(2)
    expect(children[1]?.posted[0]?.message).toMatchObject({ type: 'start', workspace: { samples: true } })
    expect(events.onRestarted).toHaveBeenCalledTimes(1)
  })

  it('has neither port nor blob while it is not there', async () => {
    const { engine, children } = supervise()
    children[0]?.exits(1)
    expect(engine.connect()).toBeUndefined()
    await expect(engine.blob(request, {})).rejects.toMatchObject({ code: 'connection.lost' })
  })

  it('that keeps crashing is given up, with what it said last; and can be started afresh', async () => {
    const { engine, children, events, crash } = supervise()
    for (let time = 0; time < 4; time++) await crash()
    children.at(-1)?.stderr.write('Error: no database')
    await vi.advanceTimersByTimeAsync(0)
    await crash()
    expect(children).toHaveLength(5)
    expect(events.onGivenUp).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('5 times'),
      expect.stringContaining('Error: no database'),
    )
    engine.startAfresh()
    expect(children).toHaveLength(6)
    expect(events.onRestarted).toHaveBeenCalledTimes(5)
    await crash()
    expect(children).toHaveLength(7)
  })

  it('that ends because it was told to is not started again', async () => {
    const { engine, children, events } = supervise()
    const closed = engine.close()
    expect(children[0]?.posted.at(-1)?.message).toEqual({ type: 'close' })
    children[0]?.says({ type: 'closed' })
    await closed
    expect(children[0]?.kill).toHaveBeenCalledTimes(1)
    children[0]?.exits(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(children).toHaveLength(1)
    expect(events.onRestarted).not.toHaveBeenCalled()
  })

  it('that does not close is ended all the same', async () => {
    const { engine, children } = supervise()
    const closed = engine.close()
    await vi.advanceTimersByTimeAsync(4999)
    expect(children[0]?.kill).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await closed
    expect(children[0]?.kill).toHaveBeenCalledTimes(1)
  })

  it('is not started again while it waits to be, when the app ends', async () => {
    const { engine, children } = supervise()
    children[0]?.exits(1)
    await engine.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(children).toHaveLength(1)
  })

  it('hands what it says of runners to whoever forks them', () => {
    const { children, receive, events } = supervise()
    receive.mockReturnValueOnce(true)
    children[0]?.says({ type: 'kill-runner', runner: 1 })
    expect(receive).toHaveBeenCalledExactlyOnceWith({ type: 'kill-runner', runner: 1 })
    expect(events.onRecent).not.toHaveBeenCalled()
  })
})
