import { describe, expect, it } from 'vitest'
import { buildNodeTable, buildSpanTree } from '../../../src/analysis/index.ts'
import { clipTrace } from '../../../src/renderer/workers/clip-trace.ts'
import { drawTrace, spansOf } from '../../fixtures/draw-trace.ts'

const trace = drawTrace(
  `
  workflow                     |====================|
    orders                     |====                |
    quotes                     |    ================|
      item                     |    ====----====----|
        call api.json: GET /q  |    ~~==~~==~~==~~=!|
`,
  { counters: [{ name: 'heap', unit: 'bytes', points: [0, 5, 10, 15].map((time) => [time, time]) }] },
)
const ms = 1e6

describe('the part of a trace in a range', () => {
  const { trace: part, spanOf } = clipTrace(trace, { from: 9 * ms, to: 14 * ms })

  it('cuts spans at its edges and leaves out the rest', () => {
    const table = buildNodeTable(part, undefined, buildSpanTree(part))
    expect(table.rows.map(({ path, durations }) => [path, durations?.total])).toEqual([['quotes', 5 * ms]])
    expect(table.rows[0]?.items?.durations).toMatchObject({ count: 2, total: 5 * ms, min: 2 * ms })
  })

  it('keeps the part of the queueing that is inside', () => {
    const calls = spansOf(part, 'api.json')
    expect(calls.map((call) => part.spans.wait[call])).toEqual([1 * ms, 2 * ms])
    expect(calls.map((call) => part.spans.duration[call])).toEqual([3 * ms, 2 * ms])
  })

  it('says which spans of the whole trace its spans are', () => {
    expect([...spanOf].map((span) => trace.spans.name[span])).toEqual([...part.spans.name])
    expect(spansOf(part, 'item').map((row) => spanOf[row])).toEqual(spansOf(trace, 'item').slice(1, 3))
  })

  it('hangs a span whose parent is outside on what is around that', () => {
    // The second call goes on when its item has ended.
    const late = drawTrace(`
      workflow              |==========|
        quotes              |==========|
          item              |===       |
            call api.json: q| ======== |
    `)
    const { trace: end } = clipTrace(late, { from: 5 * ms, to: 10 * ms })
    const [call] = spansOf(end, 'api.json')
    expect(end.spans.parent[call!]).toBe(spansOf(end, 'quotes')[0])
  })

  it('keeps the readings inside', () => {
    expect([...part.counters[0]!.time]).toEqual([10 * ms])
  })

  it('is the whole where the range is', () => {
    const { trace: whole } = clipTrace(trace, { from: 0, to: 20 * ms })
    expect(whole.spans).toEqual(trace.spans)
  })
})
