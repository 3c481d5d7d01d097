import { cpuClockOf, summariseDurations, textOf } from '../analysis/index.ts'
import type { RunRecord, Trace } from '../trace/index.ts'
import { walkNodes } from '../workflow/index.ts'
import type { CycleSection } from './model.ts'

/** Iterations of a cycle that a report lists; of longer ones every n-th is kept, and always the last. */
const keptIterations = 600

/** Every cycle of a run, with what each of its iterations cost. */
export function buildCycles(record: RunRecord, trace: Trace | undefined): CycleSection[] {
  const rows = new Map<string, number[]>()
  for (const { path } of record.cycles) rows.set(path, [])
  for (let row = 0; row < (trace?.iterations.cycle.length ?? 0); row++) {
    const path = textOf(trace!, trace!.iterations.cycle[row]!)
    const known = rows.get(path)
    if (known) known.push(row)
    else rows.set(path, [row])
  }
  const nodes = [...walkNodes(record.description?.nodes ?? [])]
  return [...rows].map(([path, all]): CycleSection => {
    const summary = record.cycles.find((cycle) => cycle.path === path)
    const metric = nodes.find((node) => node.path === path)?.metric
    const step = Math.ceil(all.length / keptIterations)
    const kept = all.filter((_, place) => place % step === 0 || place === all.length - 1)
    const columns = trace?.iterations
    const pick = (column: ArrayLike<number> | undefined) => kept.map((row) => column?.[row] ?? 0)
    const pickMeasured = (column: ArrayLike<number> | undefined) =>
      pick(column).map((value) => (Number.isFinite(value) ? value : null))
    return {
      path,
      reason: summary?.reason ?? null,
      iterations: Math.max(all.length, summary?.iterations ?? 0),
      metric: metric
        ? {
            name: metric.name,
            goal: metric.goal.goal,
            target: metric.goal.goal === 'reach' ? metric.goal.target : null,
          }
        : null,
      index: pick(columns?.index),
      duration: pick(columns?.duration),
      cpu: pickMeasured(columns?.cpu),
      heap: pickMeasured(columns?.heap),
      gc: pickMeasured(columns?.gc),
      value: pickMeasured(columns?.metric),
      cpuClock: cpuClockOf(all.map((row) => columns!.cpu[row]!)),
      durations: summariseDurations(all.map((row) => columns!.duration[row]!)),
    }
  })
}
