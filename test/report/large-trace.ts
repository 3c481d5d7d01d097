import { createRandom } from '../../src/statistics/index.ts'
import {
  emptyTrace,
  iterationSchema,
  newTable,
  type Samples,
  spanKinds,
  spanSchema,
  type Trace,
} from '../../src/trace/index.ts'

interface Row {
  kind: (typeof spanKinds)[number]
  name: string
  detail: string
  parent: Row | null
  index: number
  start: number
  end: number
  wait: number
  failed: boolean
}

/**
 * A trace like that of a real run of order-pricing: `items` items, `concurrency` at a time, each a lookup in a database that
 * serves one call after the other and a call of an API, then a cycle. Times in milliseconds become nanoseconds.
 */
export function largeTrace(options: {
  items: number
  concurrency: number
  iterations: number
  samples?: boolean
  seed?: number
}): Trace {
  const random = createRandom(options.seed ?? 1)
  const noise = (size: number) => size * (0.75 + 0.5 * random.uniform())
  const rows: Row[] = []
  const add = (row: Omit<Row, 'wait' | 'failed' | 'index'> & Partial<Row>): Row => {
    const whole = { wait: 0, failed: false, index: -1, ...row }
    rows.push(whole)
    return whole
  }
  const root = add({ kind: 'workflow', name: 'order-pricing', detail: '', parent: null, start: 0, end: 0 })
  const orders = add({ kind: 'node', name: 'orders', detail: '', parent: root, start: 0.2, end: noise(6) })
  add({
    kind: 'call',
    name: 'db.all',
    detail: 'SELECT * FROM orders LIMIT ?',
    parent: orders,
    start: 0.5,
    end: orders.end - 0.3,
  })
  const quotes = add({ kind: 'node', name: 'quotes', detail: '', parent: root, start: orders.end + 0.1, end: 0 })
  const slots = new Array<number>(options.concurrency).fill(quotes.start + 0.1)
  let databaseFree = 0
  for (let item = 0; item < options.items; item++) {
    const slot = slots.indexOf(Math.min(...slots))
    const start = slots[slot]!
    const span = add({ kind: 'item', name: 'quotes', detail: '', parent: quotes, index: item, start, end: 0 })
    const begin = Math.max(start + 0.02, databaseFree)
    const served = begin + noise(0.12)
    databaseFree = served
    add({
      kind: 'call',
      name: 'db.lookup',
      detail: 'customers.id',
      parent: span,
      start: start + 0.02,
      end: served,
      wait: begin - start - 0.02,
    })
    add({
      kind: 'work',
      name: 'db',
      detail: 'SELECT * FROM customers WHERE id IN (…)',
      parent: root,
      start: begin,
      end: served,
    })
    const failed = random.uniform() < 0.01
    add({
      kind: 'call',
      name: 'api.json',
      detail: 'GET /quote/:sku',
      parent: span,
      start: served + 0.02,
      end: served + noise(1.6),
      failed,
    })
    span.end = rows.at(-1)!.end + 0.05
    slots[slot] = span.end
  }
  quotes.end = Math.max(...slots) + 0.1
  const fit = add({ kind: 'node', name: 'fit', detail: '', parent: root, start: quotes.end + 0.1, end: 0 })
  const turns: Row[] = []
  for (let turn = 0; turn < options.iterations; turn++) {
    const start = (turns.at(-1)?.end ?? fit.start) + 0.03
    const iteration = add({
      kind: 'iteration',
      name: 'fit',
      detail: '',
      parent: fit,
      index: turn,
      start,
      end: start + noise(3),
    })
    add({
      kind: 'node',
      name: 'fit/step',
      detail: '',
      parent: iteration,
      start: start + 0.05,
      end: iteration.end - 0.2,
    })
    turns.push(iteration)
  }
  fit.end = (turns.at(-1)?.end ?? fit.start) + 0.1
  root.end = fit.end + 0.1
  rows.sort((a, b) => a.start - b.start || b.end - a.end)
  return columnsFrom(rows, turns, options.samples === true ? root.end : 0, random)
}

function columnsFrom(
  rows: readonly Row[],
  turns: readonly Row[],
  sampledFor: number,
  random: { uniform(): number },
): Trace {
  const strings = ['']
  const ids = new Map([['', 0]])
  const idOf = (text: string) => {
    const known = ids.get(text)
    if (known !== undefined) return known
    ids.set(text, strings.length)
    return strings.push(text) - 1
  }
  const place = new Map(rows.map((row, index) => [row, index]))
  const spans = newTable(spanSchema, rows.length)
  for (const [row, span] of rows.entries()) {
    spans.kind[row] = spanKinds.indexOf(span.kind)
    spans.status[row] = Number(span.failed)
    spans.name[row] = idOf(span.name)
    spans.detail[row] = idOf(span.detail)
    spans.parent[row] = span.parent ? place.get(span.parent)! : -1
    spans.index[row] = span.index
    spans.start[row] = Math.round(span.start * 1e6)
    spans.duration[row] = Math.round(span.end * 1e6) - Math.round(span.start * 1e6)
    spans.wait[row] = Math.round(span.wait * 1e6)
    spans.quantity[row] = -1
  }
  const iterations = newTable(iterationSchema, turns.length)
  for (const [row, turn] of turns.entries()) {
    iterations.cycle[row] = idOf('fit')
    iterations.index[row] = row
    iterations.start[row] = Math.round(turn.start * 1e6)
    iterations.duration[row] = Math.round((turn.end - turn.start) * 1e6)
    iterations.cpu[row] = iterations.duration[row]! * (0.8 + 0.15 * random.uniform())
    iterations.heap[row] = Math.round((random.uniform() - 0.4) * 4e5)
    iterations.gc[row] = row % 9 === 4 ? 2e5 : 0
    iterations.metric[row] = 3.2 * 0.72 ** row + 0.0004 * (1 + 0.1 * random.uniform())
  }
  const counter = (name: string, unit: 'bytes' | 'share', value: (step: number) => number) => ({
    ...{ name, unit },
    time: Float64Array.from({ length: 400 }, (_, step) => step * 1e6),
    value: Float64Array.from({ length: 400 }, (_, step) => value(step)),
  })
  return {
    ...emptyTrace(1_700_000_000_000),
    spans,
    iterations,
    counters: [
      counter('heap', 'bytes', (step) => 9e6 + (step % 60) * 9e4),
      counter('rss', 'bytes', (step) => 8e7 + step * 1e4),
      counter('event-loop-utilisation', 'share', (step) => 0.2 + (step > 200 ? 0.6 : 0.05)),
    ],
    ...(sampledFor > 0 ? { samples: randomSamples(sampledFor, idOf, random) } : {}),
    strings,
  }
}

/** Stacks of up to 40 functions, so many different ones that a flame graph must merge. */
function randomSamples(milliseconds: number, idOf: (text: string) => number, random: { uniform(): number }): Samples {
  const names = [
    'run',
    'priceOrder',
    'lookUp',
    'parseQuote',
    'gradientStep',
    'dot',
    'normalise',
    'loss',
    'clone',
    'hash',
  ]
  const count = 60
  const frames = {
    name: Uint32Array.from({ length: count }, (_, frame) => idOf(names[frame] ?? `helper${frame}`)),
    file: Uint32Array.from({ length: count }, (_, frame) =>
      frame % 5 === 4 ? 0 : idOf(frame < 5 ? 'pricing.ts' : 'model/fit.ts'),
    ),
    line: Uint32Array.from({ length: count }, (_, frame) => frame * 7 + 1),
    column: new Uint32Array(count),
    origin: Uint8Array.from({ length: count }, (_, frame) => (frame % 5 === 4 ? 3 : 0)),
  }
  const parent: number[] = []
  const frame: number[] = []
  const known = new Map<string, number>()
  const stack: number[] = []
  for (let sample = 0; sample < milliseconds; sample++) {
    let current = -1
    const depth = 2 + Math.floor(random.uniform() ** 3 * 38)
    for (let level = 0; level < depth; level++) {
      const next: number = level === 0 ? 0 : 1 + Math.floor(random.uniform() ** 2.5 * (count - 1))
      const key = `${current}/${next}`
      let row = known.get(key)
      if (row === undefined) {
        row = parent.push(current) - 1
        frame.push(next)
        known.set(key, row)
      }
      current = row
    }
    stack.push(current)
  }
  const unattributed = (sample: number) => sample % 17 === 0
  return {
    interval: 1e6,
    frames,
    stacks: { parent: Int32Array.from(parent), frame: Uint32Array.from(frame) },
    time: Float64Array.from(stack, (_, sample) => (sample + 1) * 1e6),
    stack: Uint32Array.from(stack),
    weight: Float64Array.from(stack, () => 1e6),
    line: new Uint32Array(stack.length),
    node: Uint32Array.from(stack, (_, sample) =>
      unattributed(sample) ? 0 : idOf(sample % 3 === 0 ? 'quotes' : 'fit/step'),
    ),
  }
}
