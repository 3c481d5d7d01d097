import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/** The machine at one instant. Times in nanoseconds since some beginning; `null` is "cannot be known here". */
export interface MachineReading {
  /** Monotonic clock. */
  readonly at: number
  /** Wall clock, milliseconds since 1970. */
  readonly wall: number
  /** Time that all cores were busy or taken away by other machines (steal). */
  readonly busy: number | null
  /** CPU time of this process and of the trial's, with the processes that it started. */
  readonly own: number
  /** What `busy` and `own` together may be wrong by. */
  readonly error: number
  /** Which power supplies are connected. */
  readonly power: string | null
  /** How often the cores were throttled for their temperature. */
  readonly throttles: number | null
}

/** A clock tick of Linux's process times: 10 ms on every architecture that Node runs on. */
const tick = 10e6

/**
 * Reads the machine. `pid` is the process that runs trials, where this one is not its ancestor. Takes some 0.2 ms. Without
 * `/proc` only clocks are known.
 */
export function readMachine(pid: number | undefined): MachineReading {
  const busy = busyTime()
  const seen = new Set<number>()
  return {
    at: Number(process.hrtime.bigint()),
    wall: Date.now(),
    busy,
    own: busy === null ? 0 : familyTime(process.pid, seen) + (pid === undefined ? 0 : familyTime(pid, seen)),
    // Half a tick for each core, as ticks are counted where they fall, and half of one for each of two processes.
    error: (availableParallelism() + 2) * (tick / 2),
    power: powerSource(),
    throttles: throttleCount(),
  }
}

/** user, nice, system, irq, softirq and steal of the first line of `/proc/stat`. */
function busyTime(): number | null {
  const line = /^cpu .*$/m.exec(textOf('/proc/stat') ?? '')?.[0]
  if (line === undefined) return null
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softirq + steal) * tick
}

/** CPU time of a process, of the children that it waited for, and of its descendants that are alive; of each once. */
function familyTime(pid: number, seen: Set<number>): number {
  const stat = seen.has(pid) ? undefined : textOf(`/proc/${pid}/stat`)
  if (stat === undefined) return 0
  seen.add(pid)
  // pid (name) state …: the name may hold anything, parentheses included. utime is field 14.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ownTime = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tick
  return childrenOf(pid).reduce((sum, child) => sum + familyTime(child, seen), ownTime)
}

/** Children by the thread that started them; kernels without that list give none, and they count as other programs. */
function childrenOf(pid: number): number[] {
  return namesIn(`/proc/${pid}/task`).flatMap((thread) =>
    (textOf(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  )
}

const supplies = '/sys/class/power_supply'

function powerSource(): string | null {
  const states = namesIn(supplies).flatMap((name) => {
    const online = textOf(join(supplies, name, 'online'))
    return online === undefined ? [] : [`${name} ${online.trim()}`]
  })
  return states.length === 0 ? null : states.join(', ')
}

const processors = '/sys/devices/system/cpu'

function throttleCount(): number | null {
  const counts = throttleFiles().flatMap((file) => textOf(file) ?? [])
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + Number(count), 0)
}

let knownThrottleFiles: readonly string[] | undefined

/** Which cores count their throttling does not change while we run. */
function throttleFiles(): readonly string[] {
  knownThrottleFiles ??= namesIn(processors)
    .filter((name) => /^cpu\d+$/.test(name))
    .map((name) => join(processors, name, 'thermal_throttle', 'core_throttle_count'))
    .filter((file) => textOf(file) !== undefined)
  return knownThrottleFiles
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Not Linux, not this kind of machine, or a process that has ended.
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
