import { totalmem } from 'node:os'
import type { RunLimits } from '../runtime/index.ts'
import type { LimitSettings } from './api.ts'

/** The limits of a run: what its starter asked for, else ten minutes, and memory that leaves the machine usable. */
export function runLimits(settings: LimitSettings = {}): RunLimits {
  const machine = totalmem()
  return {
    timeout: settings.timeout ?? 600_000,
    grace: 1000,
    heap: settings.heap ?? Math.round(Math.min(4096, machine / 4 / 2 ** 20)),
    memory: Math.round(machine * 0.75),
  }
}
