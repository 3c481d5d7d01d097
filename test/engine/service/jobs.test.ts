import { describe, expect, it, vi } from 'vitest'
import { StrobeError } from '../../../src/base/index.ts'
import { LogRing } from '../../../src/engine/service/job-log.ts'
import { type JobBody, type JobContext, type JobEnding, Jobs } from '../../../src/engine/service/jobs.ts'
import { RemainingTime } from '../../../src/engine/service/remaining-time.ts'
import { ServiceEvents } from '../../../src/engine/service/service-events.ts'
import type { JobLog, JobRequest, JobState } from '../../../src/protocol/index.ts'
import { until } from './test-studio.ts'

const request: JobRequest = { kind: 'run', file: 'orders.workflow.ts' }

/** Jobs, all that they tell, and a body that a test drives. */
function setUp(clock = () => 1000) {
  const events = new ServiceEvents()
  const told: JobState[] = []
  const logs: JobLog[] = []
  events.on('job', (job) => told.push(job))
  events.on('job-log', (log) => logs.push(log))
  const forced: string[] = []
  const body = () => {
    const ending = Promise.withResolvers<JobEnding>()
    let context: JobContext | undefined
    const made: JobBody = {
      title: 'Running orders',
      run: (given) => {
        context = given
        return ending.promise
      },
      force: () => forced.push('forced'),
    }
    return { ...ending, made, context: () => context! }
  }
  return { jobs: new Jobs(events, clock), told, logs, body, forced }
}

const statuses = (told: readonly JobState[]) => told.map(({ status }) => status)

describe('a job', () => {
  it('is told when it begins, when something came out of it, and when it ends', async () => {
    const { jobs, told, body } = setUp()
    const { made, resolve, context } = body()
    const started = jobs.start(request, made)
    expect(started).toMatchObject({
      request,
      title: 'Running orders',
      status: 'running',
      startedAt: 1000,
      endedAt: null,
    })
    context().found({ run: 'r1' })
    context().found({ experiment: 'x1' })
    resolve({ status: 'done' })
    await until(() => told.at(-1)?.status === 'done')
    expect(told.map(({ result }) => result)).toEqual([
      {},
      { run: 'r1' },
      { run: 'r1', experiment: 'x1' },
      { run: 'r1', experiment: 'x1' },
    ])
    expect(jobs.list()).toEqual([
      { ...started, status: 'done', endedAt: 1000, result: { run: 'r1', experiment: 'x1' } },
    ])
  })

  it('is the only one at a time; the next may begin when it has ended', async () => {
    const { jobs, told, body } = setUp()
    const first = body()
    const { id } = jobs.start(request, first.made)
    const next = body()
    expect(() => jobs.start(request, next.made)).toThrow(
      expect.objectContaining({ code: 'studio.busy', data: { job: id } }),
    )
    first.resolve({ status: 'done' })
    await until(() => told.at(-1)?.status === 'done')
    jobs.start(request, next.made)
    expect(statuses(jobs.list())).toEqual(['running', 'done'])
    next.resolve({ status: 'done' })
  })

  it('tells its progress at a pace, and the last of it', async () => {
    const { jobs, told, body } = setUp()
    const { made, context, resolve } = body()
    jobs.start(request, made)
    for (let done = 0; done <= 1000; done++) context().progress.update({ done, total: 1000 })
    await until(() => told.at(-1)?.progress.done === 1000)
    expect(told.length).toBeLessThan(6)
    resolve({ status: 'done' })
  })

  it('that throws has failed, with its code, and without a stack of ours', async () => {
    const { jobs, told, body } = setUp()
    const { made, reject } = body()
    jobs.start(request, made)
    reject(new StrobeError('engine.busy', 'Process 7 is measuring.', { data: { pid: 7 } }))
    await until(() => told.at(-1)?.status === 'failed')
    expect(jobs.list()[0]?.error).toEqual({ code: 'engine.busy', message: 'Process 7 is measuring.', data: { pid: 7 } })
  })

  it('that ended badly without a throw says so', async () => {
    const { jobs, told, body } = setUp()
    const { made, resolve } = body()
    jobs.start(request, made)
    resolve({ status: 'failed', error: { code: 'run.crashed', message: 'It crashed.' } })
    await until(() => told.at(-1)?.status === 'failed')
    expect(jobs.list()[0]).toMatchObject({ error: { code: 'run.crashed' } })
  })

  it('of which there were many are forgotten, the latest not', async () => {
    const { jobs, told, body } = setUp()
    const ids: string[] = []
    for (let number = 0; number < 30; number++) {
      const { made, resolve } = body()
      ids.push(jobs.start(request, made).id)
      resolve({ status: 'done' })
      await until(() => told.at(-1)?.status === 'done')
    }
    expect(jobs.list().length).toBeLessThan(25)
    expect(jobs.list()[0]?.id).toBe(ids.at(-1))
    expect(() => jobs.cancel(ids[0]!)).toThrow(expect.objectContaining({ code: 'studio.unknown-job' }))
  })
})

describe('cancelling a job', () => {
  it('is acknowledged at once, aborts it, and lets it end in its own time', async () => {
    const { jobs, told, body, forced } = setUp()
    const { made, context, resolve } = body()
    const { id } = jobs.start(request, made)
    expect(jobs.cancel(id).status).toBe('cancelling')
    expect(statuses(told)).toEqual(['running', 'cancelling'])
    expect(context().progress.signal.aborted).toBe(true)
    expect(jobs.cancel(id).status).toBe('cancelling')
    expect(jobs.active?.id).toBe(id)
    resolve({ status: 'cancelled' })
    await until(() => told.at(-1)?.status === 'cancelled')
    expect(jobs.cancel(id).status).toBe('cancelled')
    expect(forced).toEqual([])
  })

  it('ends as cancelled whatever it throws then, and as done where it was done already', async () => {
    const { jobs, told, body } = setUp()
    const broken = body()
    jobs.cancel(jobs.start(request, broken.made).id)
    broken.reject(new Error('The port was closed.'))
    await until(() => told.at(-1)?.status === 'cancelled')
    expect(jobs.list()[0]).not.toHaveProperty('error')
    const quick = body()
    jobs.cancel(jobs.start(request, quick.made).id)
    quick.resolve({ status: 'done' })
    await until(() => told.at(-1)?.status === 'done')
  })

  it('ends by force what does not end by itself', async () => {
    const { jobs, body, forced } = setUp()
    const { made, resolve } = body()
    jobs.cancel(jobs.start(request, made).id)
    await until(() => forced.length === 1)
    resolve({ status: 'cancelled' })
    await jobs.end()
  })

  it('ends nothing by force that has ended: the next job has the same runner', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { jobs, body, forced } = setUp()
      const { made, resolve } = body()
      jobs.cancel(jobs.start(request, made).id)
      resolve({ status: 'cancelled' })
      await jobs.end()
      vi.advanceTimersByTime(60_000)
      expect(forced).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })

  it('of all of them waits until they have ended', async () => {
    const { jobs, told, body } = setUp()
    const { made, resolve } = body()
    jobs.start(request, made)
    let ended = false
    const end = jobs.end().then(() => {
      ended = true
    })
    await until(() => told.at(-1)?.status === 'cancelling')
    expect(ended).toBe(false)
    resolve({ status: 'cancelled' })
    await end
    expect(told.at(-1)?.status).toBe('cancelled')
  })
})

describe('the log of a job', () => {
  it('is told in bunches, whole by the end, and can be read from any line', async () => {
    const { jobs, told, logs, body } = setUp()
    const { made, context, resolve } = body()
    const { id } = jobs.start(request, made)
    for (let line = 0; line < 100; line++) context().progress.log(`line ${line}`)
    context().progress.log('two\nlines')
    resolve({ status: 'done' })
    await until(() => told.at(-1)?.status === 'done')
    expect(logs.length).toBeLessThan(5)
    expect(logs.flatMap(({ lines }) => lines).length).toBe(102)
    expect(logs.map(({ first, lines }) => first + lines.length).at(-1)).toBe(102)
    expect(jobs.log(id, 99)).toEqual({ job: id, first: 99, lines: ['line 99', 'two', 'lines'] })
    expect(jobs.log(id, 500)).toEqual({ job: id, first: 102, lines: [] })
  })

  it('says what the job turns to next, once', async () => {
    const { jobs, told, body } = setUp()
    const { made, context, resolve } = body()
    const { id } = jobs.start(request, made)
    const { update } = context().progress
    update({ message: 'block 1', done: 0, total: 6 })
    update({ message: 'block 1', done: 1, total: 6 })
    update({ done: 2, total: 6 })
    update({ message: 'block 2', done: 3, total: 6, detail: 'paired −20.0 %' })
    resolve({ status: 'done' })
    await until(() => told.at(-1)?.status === 'done')
    expect(jobs.log(id, 0).lines).toEqual(['block 1', 'block 2 · paired −20.0 %'])
  })

  it('is a ring: a flood costs no more than its end', () => {
    const ring = new LogRing()
    for (let line = 0; line < 20_000; line++) ring.push(`line ${line}`)
    const { first, lines } = ring.from(0)
    expect(lines.length).toBeLessThan(7000)
    expect(lines[0]).toBe(`line ${first}`)
    expect(lines.at(-1)).toBe('line 19999')
    ring.push('x'.repeat(1_000_000))
    expect(ring.from(20_000).lines[0]?.length).toBeLessThan(5000)
  })
})

describe('the time that remains', () => {
  const compare: JobRequest = { kind: 'compare', file: 'a' }

  it('is estimated from what is done, and begins anew where something else is counted', () => {
    let now = 0
    const remaining = new RemainingTime(compare, () => now)
    expect(remaining.after({ message: 'loading' })).toBeUndefined()
    expect(remaining.after({ done: 0, total: 10 })).toBeUndefined()
    now = 500
    expect(remaining.after({ done: 1, total: 10 })).toBeUndefined()
    now = 4000
    expect(remaining.after({ done: 4, total: 10 })).toBe(6000)
    expect(remaining.after({ done: 10, total: 10 })).toBe(0)
    now = 6000
    expect(remaining.after({ done: 0, total: 4 })).toBeUndefined()
    now = 8000
    expect(remaining.after({ done: 1, total: 4 })).toBe(6000)
  })

  it('is never more than the time budget, and nothing is said of a single run', () => {
    let now = 0
    const remaining = new RemainingTime({ ...compare, timeBudget: 5000 }, () => now)
    const ofRun = new RemainingTime(request, () => now)
    remaining.after({ done: 0, total: 100 })
    ofRun.after({ done: 0, total: 100 })
    now = 2000
    expect(remaining.after({ done: 2, total: 100 })).toBe(3000)
    expect(ofRun.after({ done: 2, total: 100 })).toBeUndefined()
    now = 9000
    expect(remaining.after({ done: 3, total: 100 })).toBe(0)
  })
})

describe('events', () => {
  it('reach everybody, also where a listener throws', () => {
    const events = new ServiceEvents()
    const seen: unknown[] = []
    const warnings: unknown[] = []
    const warn = process.emitWarning
    process.emitWarning = (warning: unknown) => void warnings.push(String(warning))
    events.on('changed', () => {
      throw new Error('mine')
    })
    const stop = events.on('changed', (changed) => seen.push(changed))
    events.publish('changed', ['runs'])
    process.emitWarning = warn
    stop()
    events.publish('job-log', { job: 'j', first: 0, lines: [] })
    expect(seen).toEqual([['runs']])
    expect(warnings).toEqual(['Error: mine'])
  })
})
