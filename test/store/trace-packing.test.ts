import { describe, expect, it } from 'vitest'
import { orderSpans } from '../../bench/span-workload.ts'
import { packTrace, unpackTrace } from '../../src/store/trace-packing.ts'
import { columnsOfTrace } from '../../src/trace/index.ts'
import { sampleTrace } from '../trace/sample-run.ts'

const spans = 140_000
const columns = columnsOfTrace({ ...sampleTrace(0), spans: orderSpans(spans) })
const chunks = [...packTrace(columns)]

describe('a packed trace', () => {
  it('comes back as it was, across chunks', () => {
    expect(chunks.filter(({ part }) => part === 'spans').map(({ number }) => number)).toEqual([0, 1, 2])
    const unpacked = unpackTrace(chunks)!
    expect(Object.keys(unpacked).sort()).toEqual(Object.keys(columns).sort())
    for (const [name, column] of Object.entries(columns)) {
      expect(Buffer.compare(bytesOf(unpacked[name]!), bytesOf(column)), name).toBe(0)
    }
  })

  it('takes at most 8 bytes a span, of spans with jitter in every time', () => {
    const bytes = chunks.filter(({ part }) => part === 'spans').reduce((sum, chunk) => sum + chunk.bytes.length, 0)
    expect(bytes / spans).toBeLessThan(8)
  })

  it('takes little more than it says where there is little', () => {
    const small = [...packTrace(columnsOfTrace(sampleTrace(10)))]
    expect(small.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(2000)
  })

  it('is none where a chunk is missing, changed or no chunk', () => {
    const second = chunks.findIndex(({ number }) => number === 1)
    expect(unpackTrace(chunks.filter((_, place) => place !== second))).toBeUndefined()
    const changed = chunks[0]!.bytes.slice()
    changed[changed.length - 10]! ^= 0xff
    const torn = chunks[0]!.bytes.subarray(0, 40)
    for (const bytes of [changed, torn, new Uint8Array(0)]) {
      expect(unpackTrace([{ ...chunks[0]!, bytes }, ...chunks.slice(1)])).toBeUndefined()
    }
  })
})

function bytesOf(column: ArrayBufferView): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}
