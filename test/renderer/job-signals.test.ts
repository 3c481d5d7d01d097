import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JobState } from '../../src/protocol/index.ts'
import { followJobs } from '../../src/renderer/app/job-signals.ts'
import { forgetSession, sessionStore } from '../../src/renderer/state/session.ts'
import { jobState, studioState } from './fake-studio.ts'

const show = (job: JobState) => sessionStore.setState(({ jobs }) => ({ jobs: new Map(jobs).set(job.id, job) }))

describe('jobs, where nobody looks', () => {
  const page = { title: '', hidden: false, focused: false, hasFocus: () => page.focused }
  const shown = vi.fn()
  const posted = vi.fn()
  const asked = vi.fn(() => Promise.resolve('granted'))
  let stop = () => {}

  beforeEach(() => {
    vi.useFakeTimers()
    forgetSession()
    Object.assign(page, { title: '', hidden: false, focused: false })
    for (const spy of [shown, posted, asked]) spy.mockClear()
    const Notification = Object.assign(
      class {
        constructor(title: string, options: object) {
          shown(title, options)
        }
      },
      { permission: 'granted', requestPermission: asked },
    )
    vi.stubGlobal('document', page)
    vi.stubGlobal('location', { origin: 'http://127.0.0.1:1' })
    vi.stubGlobal('postMessage', posted)
    vi.stubGlobal('Notification', Notification)
    stop = followJobs()
  })

  afterEach(() => {
    stop()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  const ends = (took: number, over: Partial<JobState> = {}) => {
    show(jobState())
    show(jobState({ status: 'done', endedAt: 1000 + took, ...over }))
  }

  it('show in the title how far they are', () => {
    sessionStore.setState({ studio: studioState() })
    expect(page.title).toBe('shop — Strobe')
    show(jobState({ progress: { done: 1, total: 4 } }))
    expect(page.title).toBe('25 % · shop — Strobe')
    show(jobState({ status: 'done', endedAt: 2000 }))
    expect(page.title).toBe('shop — Strobe')
  })

  it('say that they ended, to the shell and by the browser, where they took long', () => {
    ends(12_000, { error: { code: 'x', message: 'No such order.' }, status: 'failed' })
    expect(shown).toHaveBeenCalledExactlyOnceWith('Comparing orders: failed', { body: 'No such order.', tag: 'j1' })
    expect(posted.mock.calls[0]?.[0]).toEqual({
      strobe: 'notify',
      title: 'Comparing orders: failed',
      body: 'No such order.',
    })
  })

  it('say nothing where they took no time, or where somebody looks', () => {
    ends(9_000)
    page.focused = true
    ends(12_000)
    expect(posted).not.toHaveBeenCalled()
  })

  it('say so when the page is hidden, though it has the focus', () => {
    page.focused = true
    page.hidden = true
    ends(12_000)
    expect(posted).toHaveBeenCalledOnce()
  })

  it('do not speak of jobs that had ended before the page was loaded', () => {
    show(jobState({ status: 'done', endedAt: 90_000 }))
    expect(posted).not.toHaveBeenCalled()
  })

  it('ask to be allowed to when the first is long, and not before', () => {
    Object.assign(Notification, { permission: 'default' })
    show(jobState())
    vi.advanceTimersByTime(9_000)
    expect(asked).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2_000)
    expect(asked).toHaveBeenCalledOnce()
    show(jobState({ status: 'done', endedAt: 12_000 }))
    expect(shown).not.toHaveBeenCalled()
    expect(posted).toHaveBeenCalledOnce()
  })
})
