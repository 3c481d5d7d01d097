import { describe, expect, it } from 'vitest'
import { RequestQueue } from '../../../src/renderer/workers/request-queue.ts'

const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the queue of the trace worker', () => {
  it('computes in order, one at a time', async () => {
    const queue = new RequestQueue(nextTask)
    const told: string[] = []
    const slow = queue.add(1, async () => {
      told.push('slow begins')
      await nextTask()
      told.push('slow ends')
    })
    const quick = queue.add(2, () => told.push('quick'))
    await Promise.all([slow, quick])
    expect(told).toEqual(['slow begins', 'slow ends', 'quick'])
  })

  it('never computes what was cancelled while it waited, and goes on', async () => {
    const queue = new RequestQueue(nextTask)
    const computed: number[] = []
    const work = (id: number) => queue.add(id, () => computed.push(id))
    const [first, stale, last] = [work(1), work(2), work(3)]
    queue.cancel(2)
    await expect(stale).rejects.toMatchObject({ code: 'cancelled' })
    await Promise.all([first, last])
    expect(computed).toEqual([1, 3])
  })

  it('lets a cancellation in between two requests', async () => {
    const queue = new RequestQueue(nextTask)
    const computed: number[] = []
    const first = queue.add(1, () => {
      // As a message that came while the first was being computed.
      setImmediate(() => queue.cancel(2))
      computed.push(1)
    })
    const stale = queue.add(2, () => computed.push(2))
    await first
    await expect(stale).rejects.toMatchObject({ code: 'cancelled' })
    expect(computed).toEqual([1])
  })

  it('survives a request that throws', async () => {
    const queue = new RequestQueue(nextTask)
    const failed = queue.add(1, () => {
      throw new Error('no')
    })
    const after = queue.add(2, () => 'yes')
    await expect(failed).rejects.toThrow('no')
    await expect(after).resolves.toBe('yes')
  })
})
