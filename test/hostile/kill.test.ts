import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import { type Engine, listRuns, runOnce, traceOf } from '../../src/engine/index.ts'
import { builtFile } from '../../src/runtime/index.ts'
import { hostileWorkspace, survivorsAtLast, watchedEngine } from './workspace.ts'

const moments = 10

/** What the workflow told the world: for each execution the number of the iteration that it was in last; −1 before the first. */
function witnessed(path: string): number[] {
  if (!existsSync(path)) return []
  const executions: number[] = []
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === 'start') executions.push(-1)
    else if (line !== '') executions[executions.length - 1] = Number(line)
  }
  return executions
}

/** Iterations of a run that are in the store. */
function kept(engine: Engine, run: string): number {
  return traceOf(engine, run)?.iterations.index.length ?? 0
}

it(`kill −9 of the runner at ${moments} random moments: all but the iteration that was going on is there`, async () => {
  const workspace = hostileWorkspace()
  const { engine, runners } = watchedEngine(workspace)
  // How long it takes here and now, so that the moments fall into it on a busy machine, too.
  const began = performance.now()
  await runOnce(
    engine,
    { file: 'counting.workflow.ts', params: { witness: join(workspace, 'unharmed') } },
    silentProgress(),
  )
  const whole = performance.now() - began
  let withIterations = 0
  for (let moment = 0; moment < moments; moment++) {
    const witness = join(workspace, `witness-${moment}`)
    const delay = whole * (0.3 + 0.7 * Math.random())
    const running = runOnce(engine, { file: 'counting.workflow.ts', params: { witness } }, silentProgress())
    // Killed between check and run, a runner is replaced at once: the one to look for is the one that was killed.
    const killing = sleep(delay).then(() => {
      const runner = runners.at(-1)!
      runner.kill()
      return runner
    })
    const outcome = await running.catch((thrown: unknown) => thrown as { code?: string })
    const killed = await killing
    expect(await survivorsAtLast(killed.pid!), `after ${delay} ms`).toEqual([])
    // Killed while the module was being checked: no run had begun, and the refusal says so.
    if (!('reason' in outcome)) {
      expect(outcome.code, `after ${delay} ms`).toBe('run.runner-killed')
      continue
    }
    if (outcome.reason === 'finished') {
      expect(kept(engine, outcome.id)).toBe(30)
      continue
    }
    expect(outcome, `after ${delay} ms`).toMatchObject({ reason: 'crashed', error: { code: 'run.runner-killed' } })
    const begun = witnessed(witness)[0] ?? -1
    expect(kept(engine, outcome.id), `after ${delay} ms`).toBeGreaterThanOrEqual(begun)
    expect(kept(engine, outcome.id)).toBeLessThanOrEqual(begun + 1)
    if (begun > 0) withIterations++
  }
  expect(withIterations).toBeGreaterThan(0)
  expect(engine.store.checkIntegrity()).toEqual([])
  expect(await runOnce(engine, { file: 'healthy.workflow.ts' }, silentProgress())).toMatchObject({ reason: 'finished' })
  engine.close()
}, 120_000)

it(`kill −9 of the CLI at ${moments} random moments of an experiment: every finished trial is there`, async () => {
  const workspace = hostileWorkspace()
  let finishedTrials = 0
  for (let moment = 0; moment < moments; moment++) {
    const witness = join(workspace, `witness-${moment}`)
    const cli = spawn(
      process.execPath,
      [builtFile('cli.js'), 'compare', 'counting', '--param', `witness=${witness}`, '--seed', String(moment), '--json'],
      { cwd: workspace, stdio: 'ignore' },
    )
    const delay = 800 + Math.random() * 2500
    await new Promise((resolve) => setTimeout(resolve, delay))
    const groups = childrenOf(cli)
    const gone = new Promise((resolve) => cli.once('exit', resolve))
    cli.kill('SIGKILL')
    // Until its parent has taken note, a dead process still has its number.
    await gone
    for (const group of groups) expect(await survivorsAtLast(group), `after ${delay} ms`).toEqual([])

    const { engine } = watchedEngine(workspace)
    expect(engine.store.checkIntegrity()).toEqual([])
    expect(engine.store.runs.list({ reason: 'running' })).toEqual([])
    const runs = listRuns(engine, { workflow: 'counting' }).filter(({ params }) => params.witness === witness)
    runs.sort((left, right) => left.startedAt - right.startedAt || (left.id < right.id ? -1 : 1))
    const executions = witnessed(witness)
    for (const [place, iteration] of executions.entries()) {
      const run = runs[place]!
      const isLast = place === executions.length - 1
      if (!isLast) {
        expect(run, `after ${delay} ms`).toMatchObject({ reason: 'finished', value: expect.any(Number) })
        expect(kept(engine, run.id)).toBe(30)
        finishedTrials++
      } else expect(kept(engine, run.id), `after ${delay} ms`).toBeGreaterThanOrEqual(iteration)
    }
    expect(runs.length - executions.length).toBeLessThanOrEqual(1)
    engine.close()
  }
  expect(finishedTrials).toBeGreaterThan(moments)
}, 180_000)

/** Processes that a process has started and that are alive: runners, each with a group of its own. */
function childrenOf({ pid }: ChildProcess): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
