import type { TrialTelemetry } from '../analysis/index.ts'
import { disturbanceLimits } from './experiment-disturbance.ts'
import { type MachineReading, readMachine } from './machine-readings.ts'

/** How often the machine is looked at while a trial runs, in milliseconds: long enough for clock ticks to tell a share. */
const windowLength = 500

/** Takes readings of the machine around a trial and during it, until the returned function is called. */
export function watchMachine(
  runnerPid: () => number | undefined,
  read: (pid: number | undefined) => MachineReading = readMachine,
): () => TrialTelemetry {
  const readings = [read(runnerPid())]
  const timer = setInterval(() => readings.push(read(runnerPid())), windowLength)
  timer.unref()
  return () => {
    clearInterval(timer)
    readings.push(read(runnerPid()))
    return telemetryOf(readings)
  }
}

/**
 * What readings say about the time between the first and the last. A window is disturbed where other programs took more
 * than the limit, beyond what the readings may be wrong by. A last window that is too short to tell joins the one before.
 */
export function telemetryOf(readings: readonly MachineReading[]): TrialTelemetry {
  const first = readings[0]!
  const last = readings.at(-1)!
  const duration = last.at - first.at
  const marks = [...readings]
  if (marks.length > 2 && last.at - marks.at(-2)!.at < (windowLength * 1e6) / 2) marks.splice(-2, 1)
  let disturbed = 0
  for (let index = 1; index < marks.length; index++) {
    const [from, to] = [marks[index - 1]!, marks[index]!]
    const length = to.at - from.at
    const foreign = foreignBetween(from, to)
    if (foreign !== null && foreign - from.error - to.error > disturbanceLimits.foreignCores * length)
      disturbed += length
  }
  const foreign = foreignBetween(first, last)
  return {
    duration,
    foreignCores: foreign === null || duration === 0 ? null : foreign / duration,
    disturbedShare: foreign === null || duration === 0 ? null : disturbed / duration,
    clockJump: last.wall - first.wall - duration / 1e6,
    powerChanged: first.power === null || last.power === null ? null : first.power !== last.power,
    throttles: first.throttles === null || last.throttles === null ? null : last.throttles - first.throttles,
  }
}

/** CPU time of other programs, nanoseconds. A process of ours that ended takes its time with it: never below none. */
function foreignBetween(from: MachineReading, to: MachineReading): number | null {
  if (from.busy === null || to.busy === null) return null
  return Math.max(0, to.busy - from.busy - Math.max(0, to.own - from.own))
}
