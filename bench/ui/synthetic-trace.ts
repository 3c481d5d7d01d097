import { type Counter, spanKinds, type Trace, traceVersion } from '../../src/trace/index.ts'

/** Numbers that look random and are the same every time. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface Draft {
  readonly kind: number
  readonly name: number
  readonly detail: number
  readonly parent: Draft | null
  readonly index: number
  readonly start: number
  end: number
  readonly wait: number
  readonly failed: boolean
}

const kinds = Object.fromEntries(spanKinds.map((kind, place) => [kind, place])) as Record<
  (typeof spanKinds)[number],
  number
>

/**
 * A run of `count` spans or a few more: a map over items in 12 slots, each with lookups that queue and a request, then a cycle with two tasks
 * a turn; with what the database did, memory, event loop, waiting callers and collections. A minute long, whatever the count.
 */
export function synthesiseTrace(count: number): Trace {
  const random = makeRandom(7)
  const strings = ['']
  const text = (value: string) => {
    const known = strings.indexOf(value)
    return known < 0 ? strings.push(value) - 1 : known
  }
  const drafts: Draft[] = []
  const add = (draft: Omit<Draft, 'detail' | 'index' | 'wait' | 'failed'> & Partial<Draft>): Draft => {
    const whole: Draft = { detail: 0, index: -1, wait: 0, failed: false, ...draft }
    drafts.push(whole)
    return whole
  }
  const root = add({ kind: kinds.workflow, name: text('synthetic'), parent: null, start: 0, end: 60e9 })
  const statements = ['customers', 'cities', 'products', 'stock'].map((table) =>
    text(`SELECT * FROM ${table} WHERE id IN (?)`),
  )
  const [lookup, request, quote, db] = [text('db.lookup'), text('api.json'), text('GET /quote/:id'), text('db')]

  // An item is 1 span, 4 lookups, 4 statements and a request: 10; a turn is 1 span, 2 tasks and a lookup: 4.
  const items = Math.floor((count * 0.8) / 10)
  const turns = Math.floor((count * 0.2) / 4)
  const map = text('quotes')
  const quotes = add({ kind: kinds.node, name: map, parent: root, start: 1e6, end: 45e9 })
  const slots = new Float64Array(12).fill(1e6)
  const itemTime = (44.9e9 * slots.length) / items
  for (let item = 0; item < items; item++) {
    const slot = slots.indexOf(Math.min(...slots))
    let time = slots[slot]!
    const own = add({ kind: kinds.item, name: map, parent: quotes, index: item, start: time, end: time })
    for (const statement of statements) {
      const length = itemTime * (0.1 + 0.08 * random())
      const wait = random() < 0.3 ? length * 0.5 : 0
      const failed = random() < 0.0005
      add({
        kind: kinds.call,
        name: lookup,
        detail: statement,
        parent: own,
        start: time,
        end: time + length,
        wait,
        failed,
      })
      add({ kind: kinds.work, name: db, detail: statement, parent: root, start: time + wait, end: time + length })
      time += length * 1.02
    }
    const length = itemTime * (0.25 + 0.2 * random())
    add({ kind: kinds.call, name: request, detail: quote, parent: own, start: time, end: time + length })
    own.end = time + length
    slots[slot] = own.end + itemTime * 0.01
  }
  quotes.end = Math.max(...slots)

  const cycle = text('fit')
  const fit = add({ kind: kinds.node, name: cycle, parent: root, start: quotes.end, end: 60e9 })
  const turnTime = (60e9 - quotes.end) / turns
  for (let turn = 0; turn < turns; turn++) {
    const start = quotes.end + turn * turnTime
    const own = add({
      kind: kinds.iteration,
      name: cycle,
      parent: fit,
      index: turn,
      start,
      end: start + turnTime * 0.98,
    })
    const half = turnTime * (0.4 + 0.2 * random())
    const assign = add({ kind: kinds.node, name: text('fit/assign'), parent: own, start, end: start + half })
    add({ kind: kinds.call, name: lookup, detail: statements[0]!, parent: assign, start, end: start + half * 0.6 })
    add({ kind: kinds.node, name: text('fit/update'), parent: own, start: start + half, end: start + turnTime * 0.95 })
  }
  return traceOf(drafts, strings, random)
}

function traceOf(drafts: Draft[], strings: readonly string[], random: () => number): Trace {
  const made = new Map(drafts.map((draft, place) => [draft, place]))
  const order = drafts.toSorted((a, b) => a.start - b.start || made.get(a)! - made.get(b)!)
  const rows = new Map(order.map((draft, row) => [draft, row]))
  const minor = strings.length
  const times = Float64Array.from({ length: 4000 }, (_, mark) => mark * 15e6)
  return {
    version: traceVersion,
    origin: 1_700_000_000_000,
    strings: [...strings, 'minor'],
    spans: {
      kind: Uint8Array.from(order, ({ kind }) => kind),
      status: Uint8Array.from(order, ({ failed }) => Number(failed)),
      thread: new Uint8Array(order.length),
      name: Uint32Array.from(order, ({ name }) => name),
      detail: Uint32Array.from(order, ({ detail }) => detail),
      parent: Int32Array.from(order, ({ parent }) => (parent ? rows.get(parent)! : -1)),
      index: Int32Array.from(order, ({ index }) => index),
      start: Float64Array.from(order, ({ start }) => Math.round(start)),
      duration: Float64Array.from(order, ({ start, end }) => Math.round(end) - Math.round(start)),
      wait: Float64Array.from(order, ({ wait }) => Math.round(wait)),
      quantity: new Float64Array(order.length).fill(1),
    },
    iterations: emptyIterations(),
    counters: [
      counter('heap', 'bytes', 20e6, (place) => 40e6 + 30e6 * ((place % 90) / 90)),
      counter('rss', 'bytes', 20e6, (place) => 150e6 + place * 1e4),
      counter('event-loop-utilisation', 'share', 20e6, () => 0.3 + 0.6 * random()),
      counter('event-loop-delay', 'ns', 20e6, () => 3e6 * random() ** 4),
      counter('waiting:db', 'count', 0.6e6, () => Math.floor(12 * random())),
    ],
    marks: {
      kind: new Uint8Array(times.length),
      name: new Uint32Array(times.length).fill(minor),
      detail: new Uint32Array(times.length),
      time: times,
      duration: times.map(() => 2e5 + 1e6 * random()),
    },
  }
}

function counter(name: string, unit: Counter['unit'], every: number, valueAt: (place: number) => number): Counter {
  const time = Float64Array.from({ length: Math.floor(60e9 / every) }, (_, place) => place * every)
  return { name, unit, time, value: time.map((_, place) => valueAt(place)) }
}

function emptyIterations(): Trace['iterations'] {
  const none = new Float64Array(0)
  const ids = new Uint32Array(0)
  return {
    ...{ cycle: ids, index: ids, digestHigh: ids, digestLow: ids },
    ...{ start: none, duration: none, cpu: none, heap: none, gc: none, metric: none },
  }
}
