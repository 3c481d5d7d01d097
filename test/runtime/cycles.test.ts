import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { StrobeError } from '../../src/base/index.ts'
import { workflow } from '../../src/workflow/index.ts'
import { execute } from './execute.fixture.ts'

const halving = (limits: { maxIterations?: number; patience?: number; memory?: number } = { maxIterations: 50 }) =>
  workflow('halving').cycle('loop', {}, (cycle) =>
    cycle
      .start(() => 1024)
      .task('half', {}, ({ state }) => state / 2)
      .next(({ half }) => half)
      .metric('size', ({ half }) => half, { goal: 'minimise' })
      .until(({ metric }) => metric < 10)
      .limits(limits as { maxIterations: number }),
  )

describe('a cycle ends for one true reason', () => {
  it('converged: its own condition holds', async () => {
    const { outputs, cycles, trace } = await execute(halving())
    expect(outputs.get('loop')).toEqual({ state: 8, iterations: 7, reason: 'converged', metric: 8 })
    expect(cycles).toEqual([{ path: 'loop', reason: 'converged', iterations: 7, metric: 8 }])
    expect([...trace.iterations.metric]).toEqual([512, 256, 128, 64, 32, 16, 8])
    expect([...trace.iterations.index]).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(new Set(trace.iterations.digestLow).size).toBe(7)
  })

  it('converged: the goal is reached within its tolerance', async () => {
    const { outputs } = await execute(
      workflow('reach').cycle('loop', {}, (cycle) =>
        cycle
          .start(() => 0)
          .task('step', {}, ({ state }) => state + 3)
          .next(({ step }) => step)
          .metric('value', ({ state }) => state, { goal: 'reach', target: 10, tolerance: 1 })
          .limits({ maxIterations: 50 }),
      ),
    )
    expect(outputs.get('loop')).toEqual({ state: 9, iterations: 3, reason: 'converged', metric: 9 })
  })

  it('max-iterations, and no more than that', async () => {
    const { outputs } = await execute(halving({ maxIterations: 3 }))
    expect(outputs.get('loop')).toMatchObject({ state: 128, iterations: 3, reason: 'max-iterations' })
  })

  it('stalled: no improvement for as long as its patience', async () => {
    const metrics = [9, 7, 8, 7, 7, 1]
    const { outputs } = await execute(
      workflow('stall').cycle('loop', {}, (cycle) =>
        cycle
          .start(() => 0)
          .task('step', {}, ({ state }) => state + 1)
          .next(({ step }) => step)
          .metric('loss', ({ state }) => metrics[state - 1]!, { goal: 'minimise' })
          .limits({ patience: 3 }),
      ),
    )
    expect(outputs.get('loop')).toMatchObject({ iterations: 5, reason: 'stalled' })
  })

  it('stopped: its condition holds and it has no metric', async () => {
    const { outputs } = await execute(
      workflow('stop').cycle('loop', {}, (cycle) =>
        cycle
          .start(() => 0)
          .task('step', {}, ({ state }) => state + 1)
          .next(({ step }) => step)
          .until(({ state }) => state === 4)
          .limits({ maxIterations: 9 }),
      ),
    )
    expect(outputs.get('loop')).toEqual({ state: 4, iterations: 4, reason: 'stopped' })
  })

  it('timeout: with the state of the last whole iteration, whether or not the task heeds its signal', async () => {
    for (const heed of [true, false]) {
      const { outputs, error } = await execute(
        workflow('slow').cycle('loop', {}, (cycle) =>
          cycle
            .start(() => 0)
            .task('step', {}, async ({ state, signal }) => {
              if (state < 2) return state + 1
              if (heed) await sleep(60_000, undefined, { signal })
              return await new Promise<number>(() => {})
            })
            .next(({ step }) => step)
            .limits({ timeout: 60 }),
        ),
      )
      expect(error).toBeUndefined()
      expect(outputs.get('loop')).toEqual({ state: 2, iterations: 2, reason: 'timeout' })
    }
  })

  it('memory-limit', async () => {
    const { outputs } = await execute(halving({ memory: 1000 }))
    expect(outputs.get('loop')).toMatchObject({ iterations: 0, reason: 'memory-limit' })
  })

  it('failed: names the iteration, and the ones before are kept', async () => {
    const { error, cycles, trace } = await execute(
      workflow('breaks').cycle('loop', {}, (cycle) =>
        cycle
          .start(() => 0)
          .task('step', {}, ({ state }) => {
            if (state === 2) throw new Error('third time')
            return state + 1
          })
          .next(({ step }) => step)
          .limits({ maxIterations: 9 }),
      ),
    )
    expect(error).toMatchObject({ code: 'user.error', data: { node: 'loop/step' } })
    expect(cycles).toEqual([{ path: 'loop', reason: 'failed', iterations: 2 }])
    expect(trace.iterations.index.length).toBe(2)
  })

  it('cancelled, by whoever runs it', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new StrobeError('cancelled', 'enough')), 30)
    const { error, cycles } = await execute(
      workflow('forever').cycle('loop', {}, (cycle) =>
        cycle
          .start(() => 0)
          .task('step', {}, async ({ state, signal }) => {
            await sleep(1, undefined, { signal })
            return state + 1
          })
          .next(({ step }) => step)
          .limits({ maxIterations: 1e6 }),
      ),
      { signal: stop.signal },
    )
    expect(error).toMatchObject({ code: 'cancelled' })
    expect(cycles[0]).toMatchObject({ reason: 'cancelled' })
    expect(cycles[0]!.iterations).toBeGreaterThan(0)
  })
})

it('cycles nest: three turns of four are twelve', async () => {
  const { outputs, cycles } = await execute(
    workflow('nested').cycle('outer', {}, (outer) =>
      outer
        .start(() => 0)
        .cycle('inner', {}, (inner) =>
          inner
            .start(() => 0)
            .task('count', {}, ({ state }) => state + 1)
            .next(({ count }) => count)
            .limits({ maxIterations: 4 }),
        )
        .next(({ state, inner }) => state + inner.state)
        .limits({ maxIterations: 3 }),
    ),
  )
  expect(outputs.get('outer')).toMatchObject({ state: 12, iterations: 3 })
  expect(cycles.filter(({ path }) => path === 'outer/inner')).toHaveLength(3)
})
