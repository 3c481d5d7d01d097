import { newTable, type SpanColumns, spanKinds, spanSchema } from '../src/trace/index.ts'

/** A small generator of random numbers (mulberry32), so that every run of a benchmark sees the same spans. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / word
  }
}
const word = 2 ** 32

const kind = (name: (typeof spanKinds)[number]) => spanKinds.indexOf(name)

/**
 * At least `count` spans as a map over orders records them: per item a keyed lookup (with the statement that the database ran for
 * it, after a wait) and an HTTP call, sixteen items at a time, every duration log-normal, every time in whole nanoseconds.
 * The strings that its columns refer to have the ids 1 to 6.
 */
export function orderSpans(count: number): SpanColumns {
  const spans = newTable(spanSchema, count)
  const random = randomFrom(42)
  const logNormal = (median: number, spread: number) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.round(median * Math.exp(spread * normal))
  }
  let row = 0
  const add = (
    [kindNumber, name, detail, parent, index]: readonly number[],
    [start, duration, wait, quantity]: readonly number[],
  ) => {
    if (row >= count) return -1
    spans.kind[row] = kindNumber!
    spans.name[row] = name!
    spans.detail[row] = detail!
    spans.parent[row] = parent!
    spans.index[row] = index!
    spans.start[row] = start!
    spans.duration[row] = duration!
    spans.wait[row] = wait!
    spans.quantity[row] = quantity!
    return row++
  }
  add([kind('workflow'), 1, 0, -1, -1], [0, 1e9, 0, -1])
  add([kind('node'), 2, 0, 0, -1], [1000, 1e9, 0, -1])
  // Sixteen items are under way; the events of all of them come out in order of time.
  const events: { at: number; step: number; row: number; index: number }[] = []
  let next = 0
  const begin = (at: number) => events.push({ at, step: 0, row: -1, index: next++ })
  for (let slot = 0; slot < 16; slot++) begin(2000 + slot * 300)
  while (row < count) {
    events.sort((a, b) => b.at - a.at)
    const event = events.pop()!
    if (event.step === 0) {
      const item = add([kind('item'), 2, 0, 1, event.index], [event.at, logNormal(1.2e6, 0.3), 0, -1])
      events.push({ at: event.at + logNormal(900, 0.4), step: 1, row: item, index: event.index })
    } else if (event.step === 1) {
      const wait = random() < 0.6 ? logNormal(20_000, 0.8) : 0
      const work = logNormal(9000, 0.3)
      const duration = wait + work + logNormal(30_000, 0.2)
      add([kind('call'), 3, 4, event.row, -1], [event.at, duration, wait, 1])
      events.push({ at: event.at + wait + logNormal(15_000, 0.2), step: 2, row: work, index: event.index })
      events.push({ at: event.at + duration + logNormal(1500, 0.4), step: 3, row: event.row, index: event.index })
    } else if (event.step === 2) add([kind('work'), 3, 4, 0, -1], [event.at, event.row, 0, 1])
    else {
      const duration = logNormal(1.1e6, 0.3)
      add([kind('call'), 5, 6, event.row, -1], [event.at, duration, random() < 0.3 ? logNormal(50_000, 1) : 0, 200])
      begin(event.at + duration + logNormal(2000, 0.5))
    }
  }
  return spans
}

/**
 * The given spans again and again until there are `count`, each copy after the one before. Every time is varied by up to 10 %,
 * so that no copy can be packed as a repetition of another.
 */
export function repeatSpans(recorded: SpanColumns, count: number): SpanColumns {
  const spans = newTable(spanSchema, count)
  const random = randomFrom(7)
  const vary = (time: number) => Math.round(time * (0.9 + 0.2 * random()))
  const length = recorded.start.length
  for (let row = 0; row < count; row++) {
    const from = row % length
    const copy = row - from
    for (const name of ['kind', 'status', 'thread', 'name', 'detail', 'index', 'quantity'] as const) {
      spans[name][row] = recorded[name][from]!
    }
    const parent = recorded.parent[from]!
    spans.parent[row] = parent < 0 ? -1 : parent + copy
    const sinceLast = from === 0 ? 1000 : recorded.start[from]! - recorded.start[from - 1]!
    spans.start[row] = (row === 0 ? 0 : spans.start[row - 1]!) + vary(sinceLast)
    spans.duration[row] = vary(recorded.duration[from]!)
    spans.wait[row] = vary(recorded.wait[from]!)
  }
  return spans
}
