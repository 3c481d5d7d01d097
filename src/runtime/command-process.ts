import { execFile, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'

/** One execution of a command. */
export interface CommandExecution {
  /** Program and arguments. */
  readonly words: readonly string[]
  /** Working directory, absolute. */
  readonly directory: string
  /** Environment variables on top of this process's own. */
  readonly variables: Readonly<Record<string, string>>
  readonly output: 'discard' | 'inherit'
  /** What takes the times; `shell` needs `hasShellTimer`. */
  readonly timer: 'shell' | 'process'
  /** Milliseconds. */
  readonly timeout: number
}

/** How a command went. Times in nanoseconds; `null` where they are not known. */
export interface CommandOutcome {
  readonly ended: 'exited' | 'cancelled' | 'timeout' | 'not-started'
  readonly code: number | null
  readonly signal: string | null
  readonly wall: number | null
  readonly user: number | null
  readonly system: number | null
  /** Why it could not be started. */
  readonly problem?: string
}

/**
 * Times a program from a shell that is small and already there: starting one from this process would take milliseconds, by
 * the size of this process, and its CPU time would stay unknown. File descriptor 3 takes the times. A name is looked up first, so
 * that no builtin of this shell runs in the program's place.
 */
const timingScript = `
program=$(type -P -- "$1") || { echo missing >&3; exit 127; }
shift
exec 4>&2
TIMEFORMAT='%3U %3S'
start=$EPOCHREALTIME
{ time "$program" "$@" 2>&4 3>&- 4>&-; } 2>&3
status=$?
end=$EPOCHREALTIME
echo "$start $end" >&3
exit $status
`

/** Whether a shell is there that can take times to a microsecond: bash from 5.0 on. */
export async function hasShellTimer(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('bash', ['-c', 'echo "$EPOCHREALTIME"'], { timeout: 5000 })
    return /^\d+[.,]\d{6}$/.test(stdout.trim())
  } catch {
    // No bash: the times are taken from here.
    return false
  }
}

/** Runs a command to its end, with everything that it started. Never throws: whatever happens is the outcome. */
export async function executeCommand(execution: CommandExecution, signal: AbortSignal): Promise<CommandOutcome> {
  if (signal.aborted) return { ...nothing, ended: 'cancelled' }
  const { words, directory, variables, output, timer, timeout } = execution
  const byShell = timer === 'shell'
  const [program = '', ...parameters] = byShell
    ? ['bash', '--noprofile', '--norc', '-c', timingScript, 'strobe', ...words]
    : words
  const ownGroup = process.platform !== 'win32'
  const stream = output === 'inherit' ? 'inherit' : 'ignore'
  const start = process.hrtime.bigint()
  const child = spawn(program, parameters, {
    cwd: directory,
    env: { ...process.env, ...variables },
    detached: ownGroup,
    stdio: ['ignore', stream, stream, byShell ? 'pipe' : 'ignore'],
  })
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>()
  let ended: CommandOutcome['ended'] = 'exited'
  let wall: number | null = null
  let times = ''
  const stop = (why: 'cancelled' | 'timeout') => {
    ended = why
    try {
      if (child.pid !== undefined) process.kill(ownGroup ? -child.pid : child.pid, 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  }
  const cancel = () => stop('cancelled')
  const limit = setTimeout(() => stop('timeout'), timeout)
  signal.addEventListener('abort', cancel, { once: true })
  ;(child.stdio[3] as Readable | null)?.on('data', (chunk: Buffer) => {
    times += chunk.toString()
  })
  child.on('exit', () => {
    wall = Number(process.hrtime.bigint() - start)
  })
  child.on('error', (error) => {
    resolve({ ...nothing, ended: 'not-started', problem: error.message })
  })
  child.on('close', (code, killedBy) => {
    if (!byShell) return resolve({ ...nothing, ended, code, signal: killedBy, wall })
    if (times.startsWith('missing')) {
      return resolve({ ...nothing, ended: 'not-started', code, problem: `There is no program "${words[0]}".` })
    }
    resolve({ ended, code, signal: killedBy, ...timesIn(times) })
  })
  try {
    return await promise
  } finally {
    clearTimeout(limit)
    signal.removeEventListener('abort', cancel)
  }
}

const nothing = { code: null, signal: null, wall: null, user: null, system: null } as const

/** `0.001 0.002\n1700000000.123456 1700000000.234567`: user and system seconds, then start and end. */
function timesIn(text: string): Pick<CommandOutcome, 'wall' | 'user' | 'system'> {
  const match = /^(\d+)[.,](\d{3}) (\d+)[.,](\d{3})\n(\d+)[.,](\d{6}) (\d+)[.,](\d{6})\n$/.exec(text)
  if (!match) return { wall: null, user: null, system: null }
  const [userSeconds = 0, user = 0, systemSeconds = 0, system = 0, from = 0, fromMicro = 0, to = 0, toMicro = 0] = match
    .slice(1)
    .map(Number)
  return {
    wall: (to - from) * 1e9 + (toMicro - fromMicro) * 1e3,
    user: userSeconds * 1e9 + user * 1e6,
    system: systemSeconds * 1e9 + system * 1e6,
  }
}
