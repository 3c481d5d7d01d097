import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { StrobeError } from '../../src/base/index.ts'
import { spanKinds, spanStatuses } from '../../src/trace/index.ts'
import { knob, workflow } from '../../src/workflow/index.ts'
import { execute } from './execute.fixture.ts'

const lanes = { concurrency: knob.integer(1, { min: 1, max: 8 }) }

describe('tasks', () => {
  it('gives each task exactly what it declared, and keeps its output', async () => {
    const { outputs, error } = await execute(
      workflow('chain', { params: { base: 10 } })
        .task('one', {}, ({ params }) => params.base + 1)
        .task('two', { from: ['one'] }, (inputs) => Object.keys(inputs).concat(String(inputs.one))),
    )
    expect(error).toBeUndefined()
    expect(outputs.get('one')).toBe(11)
    expect(outputs.get('two')).toEqual(['params', 'knobs', 'signal', 'random', 'now', 'log', 'one', '11'])
  })

  it('overlaps independent nodes, but never more than maxConcurrency', async () => {
    let running = 0
    let most = 0
    const busy = async () => {
      most = Math.max(most, ++running)
      await sleep(10)
      running--
    }
    const four = workflow('four').task('a', {}, busy).task('b', {}, busy).task('c', {}, busy).task('d', {}, busy)
    await execute(four)
    expect(most).toBe(4)
    most = 0
    await execute(four, { patch: { run: { maxConcurrency: 2 } } })
    expect(most).toBe(2)
  })

  it('names the node of a failure, keeps its cause, and stops its siblings', async () => {
    let stopped = false
    const { error, ended } = await execute(
      workflow('failing')
        .task('bad', {}, async () => {
          await sleep(5)
          throw new Error('no such row')
        })
        .task('slow', {}, async ({ signal }) => {
          await sleep(2000, undefined, { signal }).catch(() => {})
          stopped = signal.aborted
        })
        .task('never', { from: ['bad'] }, () => 1),
    )
    expect(error).toMatchObject({ code: 'user.error', data: { node: 'bad' } })
    expect(String((error as Error).message)).toContain('no such row')
    expect(((error as Error).cause as Error).message).toBe('no such row')
    expect(stopped).toBe(true)
    expect(ended).toEqual(['bad!', 'slow'])
  })

  it('gives up on a task at its timeout, whether or not it heeds its signal', async () => {
    const start = performance.now()
    const { error } = await execute(
      workflow('late').task('deaf', { timeout: 20 }, () => new Promise(() => {})),
      { grace: 20 },
    )
    expect(error).toMatchObject({ code: 'run.task-timeout', data: { node: 'deaf' } })
    const heeding = await execute(
      workflow('late').task('polite', { timeout: 20 }, ({ signal }) => sleep(60_000, undefined, { signal })),
    )
    expect(heeding.error).toMatchObject({ code: 'run.task-timeout' })
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  it('gives the same random numbers for the same place, and others elsewhere', async () => {
    const random = workflow('random')
      .task('list', {}, ({ random }) => [random(), random(), random()])
      .map('each', { over: 'list', knobs: lanes }, (_item, { random }) => random())
    const [first, second] = [await execute(random), await execute(random, { patch: { each: { concurrency: 3 } } })]
    expect(first.outputs.get('list')).toEqual(second.outputs.get('list'))
    expect(first.outputs.get('each')).toEqual(second.outputs.get('each'))
    const all = [...(first.outputs.get('list') as number[]), ...(first.outputs.get('each') as number[])]
    expect(new Set(all).size).toBe(6)
    expect(all.every((value) => value >= 0 && value < 1)).toBe(true)
  })
})

describe('maps', () => {
  const list = workflow('map').task('list', {}, () => [30, 5, 20, 1])

  it('keeps the order of the items at any concurrency, and never runs more than that', async () => {
    let running = 0
    let most = 0
    const map = list.map('each', { over: 'list', knobs: lanes }, async (item: number) => {
      most = Math.max(most, ++running)
      await sleep(item)
      running--
      return item * 2
    })
    for (const concurrency of [1, 3, 8]) {
      most = 0
      const { outputs } = await execute(map, { patch: { each: { concurrency } } })
      expect(outputs.get('each')).toEqual([60, 10, 40, 2])
      expect(most).toBe(Math.min(concurrency, 4))
    }
  })

  it('fails with the item that failed and begins no others', async () => {
    const begun: number[] = []
    const { error } = await execute(
      list.map('each', { over: 'list' }, (item: number, _inputs, index) => {
        begun.push(index)
        if (item === 5) throw new Error('bad item')
        return item
      }),
    )
    expect(error).toMatchObject({ code: 'user.error', data: { node: 'each', item: 1 } })
    expect(begun).toEqual([0, 1])
  })

  it('leaves behind an item that does not heed its signal when another has failed', async () => {
    const { error } = await execute(
      list.map('each', { over: 'list', knobs: lanes }, (item: number) => {
        if (item === 5) throw new Error('bad item')
        return new Promise(() => {})
      }),
      { patch: { each: { concurrency: 4 } }, grace: 20 },
    )
    expect(error).toMatchObject({ code: 'user.error', data: { node: 'each', item: 1 } })
  })

  it('collects errors per item where asked to, non-errors too', async () => {
    const { outputs } = await execute(
      list.map('each', { over: 'list', onError: 'collect' }, (item: number) => {
        if (item === 5) throw new StrobeError('my.code', 'mine')
        if (item === 20) throw 'text'
        return item
      }),
    )
    expect(outputs.get('each')).toEqual([
      { ok: true, value: 30 },
      { ok: false, error: { code: 'my.code', message: 'mine' } },
      { ok: false, error: { code: 'user.not-an-error', message: expect.stringContaining('"text"') } },
      { ok: true, value: 1 },
    ])
  })

  it('holds each item to its own timeout', async () => {
    const { outputs } = await execute(
      list.map('each', { over: 'list', onError: 'collect', timeout: 40 }, async (item: number, { signal }) => {
        await sleep(item === 30 ? 5000 : 1, undefined, { signal })
        return item
      }),
    )
    const results = outputs.get('each') as Array<{ ok: boolean }>
    expect(results.map(({ ok }) => ok)).toEqual([false, true, true, true])
  })

  it('holds an item to its timeout that kept the thread to itself until it was over', async () => {
    const { outputs } = await execute(
      list.map('each', { over: 'list', onError: 'collect', timeout: 30 }, (item: number) => {
        const end = performance.now() + (item === 20 ? 60 : 0)
        while (performance.now() < end);
        return item
      }),
    )
    const results = outputs.get('each') as Array<{ ok: boolean; error?: { code: string } }>
    expect(results.map(({ ok }) => ok)).toEqual([true, true, false, true])
    expect(results[2]?.error?.code).toBe('run.task-timeout')
  })

  it('says so where the list is none', async () => {
    const odd = workflow('odd').task('list', {}, () => 5 as unknown as number[])
    const { error } = await execute(odd.map('each', { over: 'list' }, (item) => item))
    expect(error).toMatchObject({ code: 'run.not-a-list' })
  })
})

describe('spans', () => {
  it('nests nodes, items and iterations, and says how each ended', async () => {
    const { trace } = await execute(
      workflow('spans')
        .task('list', {}, () => [1, 2])
        .map('each', { over: 'list', onError: 'collect' }, (item: number) => {
          if (item === 2) throw new Error('two')
        })
        .cycle('loop', { from: ['each'] }, (cycle) =>
          cycle
            .start(() => 0)
            .task('step', {}, ({ state }) => state + 1)
            .next(({ step }) => step)
            .limits({ maxIterations: 2 }),
        ),
    )
    const rows = [...trace.spans.kind.keys()].map((row) => {
      const parent = trace.spans.parent[row]!
      return [
        spanKinds[trace.spans.kind[row]!],
        trace.strings[trace.spans.name[row]!],
        trace.spans.index[row],
        spanStatuses[trace.spans.status[row]!],
        parent < 0 ? '' : `${spanKinds[trace.spans.kind[parent]!]} ${trace.strings[trace.spans.name[parent]!]}`,
      ].join(' ')
    })
    expect(rows).toEqual([
      'node list -1 ok ',
      'node each -1 ok ',
      'item each 0 ok node each',
      'item each 1 failed node each',
      'node loop -1 ok ',
      'iteration loop 0 ok node loop',
      'node loop/step -1 ok iteration loop',
      'iteration loop 1 ok node loop',
      'node loop/step -1 ok iteration loop',
    ])
    expect([...trace.spans.duration].every((duration) => duration >= 0)).toBe(true)
  })
})
