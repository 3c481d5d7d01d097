import type { Trace } from '../trace/index.ts'
import type { Patch, WorkflowDescription } from '../workflow/index.ts'
import { replay } from './replay.ts'
import { takeApart } from './schedule.ts'
import type { Schedule } from './schedule-model.ts'

/** The replayed wall time is close enough to the recorded one to stop looking. */
const closeEnough = 0.005
const halvings = 8

/**
 * The schedule of a run; `null` where the trace has no workflow span that ended. `patch` is all that the run had set
 * (`wholePatchOf`).
 *
 * Where calls overlapped with other code, a part of their recorded time was not the service's but waiting for the
 * thread, which the replay computes anew. How large that part is, no trace tells: `loopDelay` is the smallest with which the replay
 * without a change gives the recorded wall time, found by halving. Runs whose calls were alone need none.
 */
export function buildSchedule(trace: Trace, description: WorkflowDescription, patch: Patch = {}): Schedule | null {
  const scheduleWith = takeApart(trace, description, patch)
  if (!scheduleWith) return null
  const missOf = (schedule: Schedule) => replay(schedule).wall / schedule.duration - 1
  const undelayed = scheduleWith(0)
  if (undelayed.duration <= 0 || missOf(undelayed) <= closeEnough) return undelayed
  let best = scheduleWith(1)
  if (missOf(best) >= 0) return best
  let [low, high] = [0, 1]
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2
    best = scheduleWith(middle)
    const miss = missOf(best)
    if (Math.abs(miss) <= closeEnough) break
    if (miss > 0) low = middle
    else high = middle
  }
  return best
}
