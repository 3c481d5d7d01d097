/**
 * The trial's clock: nanoseconds since the trace's origin, as whole numbers in a double. Reading it costs about 40 ns;
 * `performance.now()` is monotonic and agrees between the threads of a process to a fraction of a microsecond.
 */
export interface TraceClock {
  now(): number
  /** The instant on this clock of a reading of `process.hrtime` in nanoseconds, from whichever thread. */
  fromHrtime(nanoseconds: number): number
  /** The instant on this clock of a reading of this thread's `performance.now()`, in milliseconds. */
  fromPerformance(milliseconds: number): number
  /** Wall clock at the origin, milliseconds since 1970. */
  readonly origin: number
}

/** `process.hrtime` in nanoseconds; exact in a double for the first hundred days of a machine's uptime. */
export function hrtime(): number {
  return Number(process.hrtime.bigint())
}

/** Starts a clock whose origin is now. */
export function startClock(): TraceClock {
  const origin = performance.now()
  const hrOrigin = hrtime()
  return {
    origin: Date.now(),
    now: () => Math.round((performance.now() - origin) * 1e6),
    fromHrtime: (nanoseconds) => Math.round(nanoseconds - hrOrigin),
    fromPerformance: (milliseconds) => Math.round((milliseconds - origin) * 1e6),
  }
}
