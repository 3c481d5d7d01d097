import { layoutColumns } from './columns.ts'
import { frameHeaderLength } from './log-format.ts'
import { frameOf, resealFrame } from './log-frames.ts'
import type { IterationColumns } from './model.ts'

/** One iteration, with the names and units of {@link IterationColumns}. */
export type IterationRow = { readonly [Name in keyof IterationColumns]: number }

/**
 * The frame of a single iteration, laid out once and filled anew for each: it is written after every turn of a cycle,
 * inside the time that is measured, so that it must cost a few stores.
 */
export class IterationFrame {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #view: DataView
  readonly #data: number

  constructor() {
    const empty = emptyRow()
    this.#bytes = frameOf('iterations', empty)
    this.#view = new DataView(this.#bytes.buffer)
    this.#data = frameHeaderLength + layoutColumns({ ...empty }).dataOffset
  }

  /** The bytes of the frame that holds `row`. They are reused by the next call. */
  fill(row: IterationRow): Uint8Array<ArrayBuffer> {
    const view = this.#view
    // Columns of one element lie eight bytes apart, in the order of `emptyRow`.
    const data = this.#data
    view.setUint32(data, row.cycle, true)
    view.setUint32(data + 8, row.index, true)
    view.setFloat64(data + 16, row.start, true)
    view.setFloat64(data + 24, row.duration, true)
    view.setFloat64(data + 32, row.cpu, true)
    view.setFloat64(data + 40, row.heap, true)
    view.setFloat64(data + 48, row.gc, true)
    view.setFloat64(data + 56, row.metric, true)
    view.setUint32(data + 64, row.digestHigh, true)
    view.setUint32(data + 72, row.digestLow, true)
    return resealFrame(this.#bytes)
  }
}

function emptyRow(): IterationColumns {
  return {
    cycle: new Uint32Array(1),
    index: new Uint32Array(1),
    start: new Float64Array(1),
    duration: new Float64Array(1),
    cpu: new Float64Array(1),
    heap: new Float64Array(1),
    gc: new Float64Array(1),
    metric: new Float64Array(1),
    digestHigh: new Uint32Array(1),
    digestLow: new Uint32Array(1),
  }
}
