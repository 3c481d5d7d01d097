import { beforeEach, describe, expect, it } from 'vitest'
import { activeJob, followSession, forgetSession, latestJob, sessionStore } from '../../src/renderer/state/session.ts'
import { FakeStudio, jobState, settle, studioState } from './fake-studio.ts'

const session = () => sessionStore.getState()

describe('what the engine told of itself', () => {
  beforeEach(forgetSession)

  it('is asked for when the connection opens, and again after each loss', async () => {
    const client = new FakeStudio({}, 'connecting')
    followSession(client)
    await settle()
    expect(session()).toMatchObject({ connection: 'connecting', studio: null })
    expect(client.calls).toEqual([])

    client.become('open')
    await settle()
    expect(session().studio?.workspace?.name).toBe('shop')

    client.become('lost')
    expect(session().connection).toBe('lost')
    client.answers = { ...client.answers, 'studio.state': () => studioState('/home/ada/other') }
    client.become('open')
    await settle()
    expect(session().studio?.workspace?.name).toBe('other')
  })

  it('says why there is no answer, as long as the connection is there', async () => {
    const client = new FakeStudio({
      'studio.state': () => {
        throw new Error('The disk is full.')
      },
    })
    followSession(client)
    await settle()
    expect(session().problem?.message).toBe('The disk is full.')
    client.tell('studio', studioState())
    expect(session()).toMatchObject({ problem: null, studio: { version: '0.1.0' } })
  })

  it('keeps jobs in the order in which they began, and tells which one goes on', async () => {
    const done = jobState({ id: 'j1', status: 'done', endedAt: 2000 })
    const running = jobState({ id: 'j2', startedAt: 3000 })
    followSession(
      new FakeStudio({ 'jobs.list': () => [running, done], 'jobs.log': () => ({ job: 'j', first: 0, lines: [] }) }),
    )
    await settle()
    expect([...session().jobs.keys()]).toEqual(['j1', 'j2'])
    expect(activeJob(session())?.id).toBe('j2')
    expect(latestJob(session())?.id).toBe('j2')
  })

  it('shows the last that ended where none goes on, and none where there was none', async () => {
    const client = new FakeStudio()
    followSession(client)
    await settle()
    expect(latestJob(session())).toBeUndefined()
    client.tell('job', jobState({ status: 'running' }))
    client.tell('job', jobState({ status: 'failed', endedAt: 5000 }))
    expect(activeJob(session())).toBeUndefined()
    expect(latestJob(session())?.status).toBe('failed')
  })

  it('has each line of a log once, whatever was heard twice or not at all', async () => {
    const all = Array.from({ length: 9 }, (_, line) => `line ${line}`)
    const client = new FakeStudio({
      'jobs.list': () => [jobState()],
      'jobs.log': ({ from }: { from: number }) => ({ job: 'j1', first: from, lines: all.slice(from, 7) }),
    })
    client.answers = {
      ...client.answers,
      'jobs.log': ({ from }: { from: number }) => ({
        job: 'j1',
        first: from,
        lines: all.slice(from, from === 0 ? 3 : 7),
      }),
    }
    followSession(client)
    await settle()
    expect(session().logs.get('j1')).toEqual(all.slice(0, 3))
    client.tell('job-log', { job: 'j1', first: 2, lines: all.slice(2, 4) })
    expect(session().logs.get('j1')).toEqual(all.slice(0, 4))
    // Line 4 was told while nobody listened.
    client.tell('job-log', { job: 'j1', first: 5, lines: all.slice(5, 7) })
    await settle()
    expect(session().logs.get('j1')).toEqual(all.slice(0, 7))
    client.tell('job-log', { job: 'j1', first: 7, lines: all.slice(7) })
    expect(session().logs.get('j1')).toEqual(all)
  })

  it('forgets logs and live experiments of an engine that was started anew', async () => {
    const client = new FakeStudio({
      'jobs.list': () => [jobState()],
      'jobs.log': () => ({ job: 'j1', first: 0, lines: ['before'] }),
    })
    followSession(client)
    await settle()
    client.tell('experiment', { id: 'x1' } as never)
    expect([session().logs.size, session().live.size]).toEqual([1, 1])
    client.answers = { ...client.answers, 'jobs.list': () => [] }
    client.become('lost')
    client.become('open')
    await settle()
    expect([session().logs.size, session().live.size, session().jobs.size]).toEqual([0, 0, 0])
  })

  it('hears nothing any more when it was ended', () => {
    const client = new FakeStudio()
    const stop = followSession(client)
    expect(client.listeners).toBeGreaterThan(0)
    stop()
    expect(client.listeners).toBe(0)
  })
})
