import pico from 'picocolors'
import { describe, expect, it } from 'vitest'
import { nodeTable } from '../../src/cli/views/run-view.ts'
import type { NodeRow } from '../../src/engine/index.ts'

const colours = pico.createColors(false)
const calls = { count: 0, total: 0, queueing: 0, failures: 0 }
const durations = (count: number, total: number) => ({
  ...{ count, total, mean: total / count, min: total / count, max: total / count },
  ...{ p50: total / count, p95: total / count, p99: total / count },
})
const split = (count: number, total: number, self: number, failures = 0) => ({
  ...{ durations: durations(count, total), self, wait: total - self, queueing: 0, failures, calls },
})
const node = (
  path: string,
  kind: NodeRow['kind'],
  parts: ReturnType<typeof split>,
  items: NodeRow['items'],
): NodeRow => ({
  ...{ path, kind, executions: 1, ...parts, cpu: null, critical: null, items, slowest: null },
})

describe('the table of nodes', () => {
  const quotes = node('quotes', 'map', split(1, 100e6, 10e6), split(40, 400e6, 360e6, 3))
  const lines = nodeTable(
    { rows: [node('orders', 'task', split(1, 5e6, 5e6), null), quotes], unattributedCpu: null },
    colours,
  )

  it('has the items of a map on a row of their own, indented, so that each row adds up', () => {
    expect(lines).toHaveLength(4)
    const [, orders, map, items] = lines.map((line) => line.trimEnd().split(/ {2,}/))
    expect(orders).toEqual(['orders', 'task', '1', '5.00 ms', '5.00 ms', '0 ns', 'no data', '5.00 ms', '5.00 ms'])
    expect(map!.slice(0, 6)).toEqual(['quotes', 'map', '1', '100 ms', '10.0 ms', '90.0 ms'])
    expect(items).toEqual(['', 'its items', '40', '400 ms', '360 ms', '40.0 ms', '10.0 ms', '10.0 ms', '3'])
  })
})
