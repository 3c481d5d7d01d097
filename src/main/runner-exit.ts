/** How a process ended: one of the two is `null`, or both where nobody knows. */
export interface ProcessEnding {
  readonly code: number | null
  readonly signal: string | null
}

/**
 * How a runner ended, from what Electron tells of a utility process: on POSIX the status of `waitpid` (a signal's number,
 * with bit 7 where a core was dumped; an exit code times 256), on Windows the exit code. One that we killed ended by our
 * SIGKILL, whatever the status says: Electron turns it into 0.
 */
export function endingOf(
  status: number,
  killed: boolean,
  platform: NodeJS.Platform,
  signals: Readonly<Record<string, number>>,
): ProcessEnding {
  if (killed) return { code: null, signal: 'SIGKILL' }
  if (platform === 'win32' || status === 0) return { code: status, signal: null }
  if (status > 255) return { code: status >> 8, signal: null }
  const signal = Object.keys(signals).find((name) => signals[name] === (status & 0x7f))
  return signal === undefined ? { code: status, signal: null } : { code: null, signal }
}
