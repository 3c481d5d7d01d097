import { describe, expect, it } from 'vitest'
import { buildEventLog, eventKinds } from '../../src/analysis/index.ts'
import { markKinds, type Trace } from '../../src/trace/index.ts'
import { drawTrace, spansOf } from '../fixtures/draw-trace.ts'

describe('event log', () => {
  it('puts log lines, alerts and failures in the order of time, and leaves collections out', () => {
    const trace = withMarks(
      drawTrace(`
        workflow                 |========!|
          quotes                 |======!  |
            item 3               |  ===!   |
              call api.json: 404 |   ==!   |
          other                  |     ==! |
        work db: SELECT 1        |   =!    |
      `),
      [
        ['log', 'info', 'asking', 1e6],
        ['gc', 'minor', '', 2e6],
        ['alert', 'heap', 'too much', 9e6],
      ],
    )
    const log = buildEventLog(trace)
    const lines = [...log.time.keys()].map((row) => {
      return [log.time[row]! / 1e6, eventKinds[log.kind[row]!], log.name[row], log.text[row], log.node[row]]
    })
    // The item and its node failed in the same words: they are told once, for the item. The call's words are others.
    expect(lines).toEqual([
      [1, 'log', 'info', 'asking', ''],
      [6, 'failure', 'api.json', '404', 'quotes'],
      [6, 'failure', 'quotes, item 3', '', 'quotes'],
      [8, 'failure', 'other', '', 'other'],
      [9, 'alert', 'heap', 'too much', ''],
    ])
    expect(log.span[1]).toBe(spansOf(trace, 'api.json')[0])
    expect(log.span[0]).toBe(-1)
  })

  it('is empty where nothing was said', () => {
    expect(buildEventLog(drawTrace('workflow |==|')).time).toHaveLength(0)
  })
})

type Mark = readonly [kind: (typeof markKinds)[number], name: string, detail: string, time: number]

function withMarks(trace: Trace, marks: readonly Mark[]): Trace {
  const strings = [...trace.strings]
  const idOf = (text: string) => (text === '' ? 0 : strings.push(text) - 1)
  return {
    ...trace,
    marks: {
      kind: Uint8Array.from(marks, ([kind]) => markKinds.indexOf(kind)),
      name: Uint32Array.from(marks, ([, name]) => idOf(name)),
      detail: Uint32Array.from(marks, ([, , detail]) => idOf(detail)),
      time: Float64Array.from(marks, ([, , , time]) => time),
      duration: new Float64Array(marks.length),
    },
    strings,
  }
}
