import type { CycleSummary, RunReason, RunRecord, Trace } from '../trace/index.ts'
import type { CycleReason } from '../workflow/index.ts'

const reasons: Partial<Record<RunReason | 'running', CycleReason>> = {
  timeout: 'timeout',
  'memory-limit': 'memory-limit',
  cancelled: 'cancelled',
}

/**
 * Adds the cycles that were going on when a run was cut off: their iterations are in the trace, and nobody was left to
 * sum them up.
 */
export function completeCycles(record: RunRecord, trace: Trace): RunRecord {
  const known = new Set(record.cycles.map(({ path }) => path))
  const open = new Map<string, CycleSummary>()
  const { cycle, metric } = trace.iterations
  for (let row = 0; row < cycle.length; row++) {
    const path = trace.strings[cycle[row]!] ?? ''
    if (known.has(path)) continue
    open.set(path, {
      ...{ path, reason: reasons[record.reason] ?? 'failed', iterations: (open.get(path)?.iterations ?? 0) + 1 },
      ...(Number.isNaN(metric[row]!) ? {} : { metric: metric[row]! }),
    })
  }
  return open.size === 0 ? record : { ...record, cycles: [...record.cycles, ...open.values()] }
}
