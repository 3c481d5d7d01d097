import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, openEngine } from '../../src/engine/index.ts'
import { forkRunner, type RunnerProcess } from '../../src/runtime/index.ts'

/** A workspace of its own for a test, with the hostile workflows in it. */
export function hostileWorkspace(): string {
  const workspace = mkdtempSync(join(tmpdir(), 'strobe-hostile-'))
  cpSync(join(import.meta.dirname, '..', 'fixtures', 'hostile'), workspace, { recursive: true })
  return workspace
}

/** An engine that remembers the runner processes that it started. */
export function watchedEngine(workspace: string): { engine: Engine; runners: RunnerProcess[] } {
  const runners: RunnerProcess[] = []
  const spawn = () => {
    const runner = forkRunner()
    runners.push(runner)
    return runner
  }
  return { engine: openEngine({ workspace, spawn }), runners }
}

/** Processes that belong to the group of a runner and are alive: itself, and what user code started. */
function survivors(group: number): number[] {
  if (!existsSync('/proc')) return isAlive(group) ? [group] : []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => groupOf(pid) === group)
}

/** Waits until nothing of a runner's group is left; gives what still is after two seconds. */
export async function survivorsAtLast(group: number): Promise<number[]> {
  for (let attempt = 0; attempt < 40 && survivors(group).length > 0; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return survivors(group)
}

function groupOf(pid: number): number | undefined {
  try {
    // pid (name) state parent group …; the name may hold anything, parentheses included. A zombie is dead already.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\)\s/s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : Number(fields[2])
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
