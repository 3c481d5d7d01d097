import { beforeEach, describe, expect, it } from 'vitest'
import { cancelActiveJob, fractionOf, routeOfJob, windowTitle } from '../../src/renderer/state/jobs.ts'
import { dismiss, noticeStore } from '../../src/renderer/state/notices.ts'
import { forgetSession, sessionStore } from '../../src/renderer/state/session.ts'
import { FakeStudio, jobState, settle } from './fake-studio.ts'

const statusNow = () => sessionStore.getState().jobs.get('j1')?.status
const show = (job = jobState()) => sessionStore.setState({ jobs: new Map([[job.id, job]]) })

describe('the job that goes on', () => {
  beforeEach(() => {
    forgetSession()
    for (const { id } of noticeStore.getState().notices) dismiss(id)
  })

  it('is shown as cancelling before the engine has answered', async () => {
    show()
    const told = Promise.withResolvers<ReturnType<typeof jobState>>()
    const client = new FakeStudio({ 'jobs.cancel': () => told.promise })
    const cancelled = cancelActiveJob(client)
    expect(statusNow()).toBe('cancelling')
    told.resolve(jobState({ status: 'cancelling' }))
    await cancelled
    expect(client.calls).toEqual([{ name: 'jobs.cancel', params: { id: 'j1' } }])
  })

  it('is not told twice', async () => {
    show(jobState({ status: 'cancelling' }))
    const client = new FakeStudio()
    await cancelActiveJob(client)
    expect(client.calls).toEqual([])
  })

  it('stays ended when the answer comes after the end', async () => {
    show()
    const told = Promise.withResolvers<ReturnType<typeof jobState>>()
    const cancelled = cancelActiveJob(new FakeStudio({ 'jobs.cancel': () => told.promise }))
    show(jobState({ status: 'cancelled', endedAt: 9000 }))
    told.resolve(jobState({ status: 'cancelling' }))
    await cancelled
    expect(statusNow()).toBe('cancelled')
  })

  it('goes on where it could not be told, and the page says so', async () => {
    show()
    const client = new FakeStudio({
      'jobs.cancel': () => {
        throw new Error('The connection was lost.')
      },
    })
    await cancelActiveJob(client)
    await settle()
    expect(statusNow()).toBe('running')
    expect(noticeStore.getState().notices).toMatchObject([{ kind: 'problem', text: 'The connection was lost.' }])
  })
})

describe('how far a job is', () => {
  it.each([
    [{ done: 7, total: 16 }, 0.4375],
    [{ done: 20, total: 16 }, 1],
    [{ done: 0, total: 16 }, 0],
    [{ done: 3 }, undefined],
    [{ done: 3, total: 0 }, undefined],
    [{}, undefined],
  ])('%j is %s', (progress, fraction) => {
    expect(fractionOf(jobState({ progress }))).toBe(fraction)
  })

  it('stands in the title of the window, rounded down: 100 % is done', () => {
    expect(windowTitle('shop', jobState({ progress: { done: 7, total: 16 } }))).toBe('43 % · shop — Strobe')
    expect(windowTitle('shop', jobState({ progress: { done: 999, total: 1000 } }))).toBe('99 % · shop — Strobe')
    expect(windowTitle('shop', jobState())).toBe('… shop — Strobe')
    expect(windowTitle('shop', undefined)).toBe('shop — Strobe')
    expect(windowTitle(undefined, undefined)).toBe('Strobe')
  })
})

describe('the way to what a job made', () => {
  it.each([
    [{ result: { experiment: 'x1' } }, { screen: 'compare', id: 'x1' }],
    [
      { request: { kind: 'run', file: 'a' }, result: { run: 'r1' } },
      { screen: 'run', id: 'r1' },
    ],
    [
      { request: { kind: 'apply', id: 'a1' }, result: { advice: 'a1', experiment: 'x1' } },
      { screen: 'advice', id: 'a1' },
    ],
    [
      { request: { kind: 'apply', id: 'a1' }, result: { experiment: 'x1' } },
      { screen: 'compare', id: 'x1' },
    ],
    [{ request: { kind: 'samples' } }, { screen: 'workspace' }],
  ] as const)('%j: %j', (over, route) => {
    expect(routeOfJob(jobState(over))).toEqual({ query: {}, ...route })
  })

  it('is not there before anything was made', () => {
    expect(routeOfJob(jobState())).toBeUndefined()
  })
})
