import { markKinds, type Trace } from './model.ts'

/**
 * Fills in how much of each iteration was garbage collection: collections are told of later than they happen, so that
 * this is known only when the run is over. Gives a trace with a new `gc` column; the other columns are shared.
 */
export function fillIterationGc(trace: Trace): Trace {
  const { iterations, marks } = trace
  const rows = [...marks.kind.keys()].filter((row) => markKinds[marks.kind[row]!] === 'gc')
  if (rows.length === 0 || iterations.start.length === 0) return trace
  rows.sort((left, right) => marks.time[left]! - marks.time[right]!)
  const gc = new Float64Array(iterations.start.length)
  for (let iteration = 0; iteration < gc.length; iteration++) {
    const start = iterations.start[iteration]!
    const end = start + iterations.duration[iteration]!
    for (let place = firstEndingAfter(trace, rows, start); place < rows.length; place++) {
      const row = rows[place]!
      if (marks.time[row]! >= end) break
      const overlap = Math.min(end, marks.time[row]! + marks.duration[row]!) - Math.max(start, marks.time[row]!)
      gc[iteration]! += Math.max(0, overlap)
    }
  }
  return { ...trace, iterations: { ...iterations, gc } }
}

/** Place of the first collection that ends after `time`: collections of one thread do not overlap, so ends ascend too. */
function firstEndingAfter({ marks }: Trace, rows: readonly number[], time: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks.time[rows[middle]!]! + marks.duration[rows[middle]!]! <= time) low = middle + 1
    else high = middle
  }
  return low
}
