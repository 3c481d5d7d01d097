import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Ids of all processes below `root`, children before their own children. `listing` is what `ps -A -o pid=,ppid=` prints: an
 * id and its parent's on each line.
 */
export function descendantsOf(root: number, listing: string): number[] {
  const children = new Map<number, number[]>()
  for (const line of listing.split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    if (pid === undefined || parent === undefined || !Number.isInteger(pid) || !Number.isInteger(parent)) continue
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const found: number[] = []
  const seen = new Set([root])
  for (let waiting = [root]; waiting.length > 0; ) {
    const next = waiting.flatMap((pid) => children.get(pid) ?? []).filter((pid) => !seen.has(pid))
    for (const pid of next) seen.add(pid)
    found.push(...next)
    waiting = next
  }
  return found
}

/**
 * Ends a process and everything that it started, at once. A utility process leads no process group, so what is below it
 * is looked up; the process is stopped meanwhile, so that it starts nothing more. Never throws.
 */
export async function killTree(root: number): Promise<void> {
  if (process.platform === 'win32') {
    await run('taskkill', ['/pid', String(root), '/T', '/F']).catch(() => kill(root))
    return
  }
  // Stopped first: what it started stays below it in the listing, which it would not once it is gone.
  kill(root, 'SIGSTOP')
  const listing = await run('ps', ['-A', '-o', 'pid=,ppid=']).then(
    ({ stdout }) => stdout,
    () => '',
  )
  for (const pid of [root, ...descendantsOf(root, listing)]) kill(pid)
}

function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone already, and that is what was asked for.
  }
}
