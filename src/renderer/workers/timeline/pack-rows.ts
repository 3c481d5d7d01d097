import { endOf } from '../../../analysis/index.ts'
import type { Trace } from '../../../trace/index.ts'

/** In which row each span of a lane lies, so that none overlap. */
export interface Packing {
  /** 0 where more overlap than `mostRows`. */
  readonly rows: number
  /** By place in the lane's spans; empty where `rows` is 0. */
  readonly rowOf: Uint8Array
  /** The most under way at one moment. */
  readonly mostAtOnce: number
}

/** Rows that can still be told apart on a screen. */
const mostRows = 64

/**
 * Puts spans, in order of their start, each into the row that `preferred` names if it is free (that of the item that made the call, so
 * that what belongs together stands in the same place), else into the first that is. O(spans · rows).
 */
export function packRows(trace: Trace, spans: readonly number[], preferred: (span: number) => number): Packing {
  const { start } = trace.spans
  const ends = new Float64Array(mostRows).fill(Number.NEGATIVE_INFINITY)
  const rowOf = new Uint8Array(spans.length)
  let rows = 0
  let mostAtOnce = 0
  for (let place = 0; place < spans.length; place++) {
    const span = spans[place]!
    const begin = start[span]!
    let open = 0
    let free = -1
    for (let row = 0; row < rows; row++) {
      if (ends[row]! > begin) open++
      else if (free < 0) free = row
    }
    const wanted = preferred(span)
    if (wanted >= 0 && wanted < mostRows && ends[wanted]! <= begin) free = wanted
    else if (free < 0) free = rows
    if (free >= mostRows) return { rows: 0, rowOf: new Uint8Array(0), mostAtOnce: countMostAtOnce(trace, spans) }
    rows = Math.max(rows, free + 1)
    rowOf[place] = free
    ends[free] = endOf(trace, span)
    mostAtOnce = Math.max(mostAtOnce, open + 1)
  }
  return { rows, rowOf, mostAtOnce }
}

function countMostAtOnce(trace: Trace, spans: readonly number[]): number {
  const ends = Float64Array.from(spans, (span) => endOf(trace, span)).sort()
  let ended = 0
  let most = 0
  for (let place = 0; place < spans.length; place++) {
    while (ended < place && ends[ended]! <= trace.spans.start[spans[place]!]!) ended++
    most = Math.max(most, place + 1 - ended)
  }
  return most
}
