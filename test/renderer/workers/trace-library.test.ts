import { describe, expect, it } from 'vitest'
import { TraceLibrary } from '../../../src/renderer/workers/trace-library.ts'
import { encodeTrace } from '../../../src/trace/index.ts'
import { drawTrace } from '../../fixtures/draw-trace.ts'
import { recordRun } from '../../fixtures/record-run.ts'

const bytes = encodeTrace(drawTrace('workflow |===|'))

describe('the traces that the worker keeps', () => {
  it('are fetched once, also by two who ask at the same time', async () => {
    const fetched: string[] = []
    const library = new TraceLibrary(async (blob) => {
      fetched.push(blob)
      return bytes
    })
    const [first, second] = await Promise.all([library.open(recordRun({})), library.open(recordRun({}))])
    expect(first).toBe(second)
    expect(fetched).toEqual(['trace-r1'])
  })

  it('are fetched again when a run that was going on has ended', async () => {
    let count = 0
    const library = new TraceLibrary(async () => {
      count++
      return bytes
    })
    await library.open(recordRun({ reason: 'running' }))
    await library.open(recordRun({ reason: 'finished' }))
    expect(count).toBe(2)
  })

  it('are forgotten from the longest unused on', async () => {
    const fetched: string[] = []
    const library = new TraceLibrary(async (blob) => {
      fetched.push(blob)
      return bytes
    })
    for (let run = 0; run < 24; run++) await library.open(recordRun({ id: `r${run}` }))
    await library.open(recordRun({ id: 'r0' }))
    await library.open(recordRun({ id: 'r24' }))
    await library.open(recordRun({ id: 'r0' }))
    expect(fetched.filter((blob) => blob === 'trace-r0')).toHaveLength(1)
    await library.open(recordRun({ id: 'r1' }))
    expect(fetched.filter((blob) => blob === 'trace-r1')).toHaveLength(2)
  })

  it('can be asked for again when they could not be read', async () => {
    const answers = [new Uint8Array(3), bytes]
    const library = new TraceLibrary(async () => answers.shift()!)
    await expect(library.open(recordRun({}))).rejects.toMatchObject({ code: 'trace.not-a-trace' })
    await expect(library.open(recordRun({}))).resolves.toBeDefined()
  })
})
