import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secondaryMetricsOf } from '../../src/analysis/index.ts'
import { silentProgress } from '../../src/base/index.ts'
import {
  compareCommands,
  type Engine,
  type ExperimentRecord,
  extendExperiment,
  openEngine,
  reportOf,
  runExperiment,
} from '../../src/engine/index.ts'
import { forkRunner } from '../../src/runtime/index.ts'
import { startStrobe } from '../cli/strobe-process.ts'
import { newWorkspace, writeFiles } from './workspace.ts'

const progress = silentProgress()
const workspace = newWorkspace()
let engine: Engine
let runners = 0

/** A workflow that writes down what each execution ran in, and a variant with less to do. */
const source = `
import { appendFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'
import { knob, workflow } from 'strobe'

const run = globalThis.executions = { count: 0 }

export default workflow('tiny', { params: { log: '' } })
  .task('spin', { knobs: { turns: knob.integer(60000, { min: 1, max: 1000000 }) } }, ({ params, knobs }) => {
    const { TMPDIR, STROBE_PADDING } = process.env
    const seen = [process.pid, threadId, ++run.count, TMPDIR, (STROBE_PADDING ?? '').length]
    if (params.log !== '') appendFileSync(params.log, JSON.stringify(seen) + '\\n')
    let sum = 0
    for (let turn = 0; turn < knobs.turns; turn++) sum += Math.sqrt(turn)
    return sum > 0
  })
  .variant('less', { spin: { turns: 20000 } })
`

beforeAll(() => {
  writeFiles(workspace, { 'tiny.workflow.ts': source })
  const spawn: typeof forkRunner = (environment) => {
    runners++
    return forkRunner(environment)
  }
  engine = openEngine({ workspace, spawn })
})
afterAll(() => engine.close())

/** What the executions of an experiment wrote down. */
function readSeen(log: string): Array<[pid: number, thread: number, count: number, folder: string, padding: number]> {
  return readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const distinct = (values: readonly unknown[]) => new Set(values).size
const tiny = { file: 'tiny.workflow.ts', preset: 'quick', seed: 3 } as const

describe('what trials share', () => {
  it('thread: one process, a fresh thread, folder and environment for each trial', async () => {
    const log = join(workspace, 'thread.log')
    const before = runners
    const record = await runExperiment(engine, { ...tiny, params: { log } }, progress)
    expect(record).toMatchObject({ status: 'finished', settings: { isolation: 'thread', disturbed: 'flag' } })
    const seen = readSeen(log)
    expect(seen).toHaveLength(record.trials.length)
    expect(runners - before).toBeLessThanOrEqual(1)
    expect(distinct(seen.map(([pid]) => pid))).toBe(1)
    expect(distinct(seen.map(([, thread]) => thread))).toBe(seen.length)
    expect(seen.every(([, , count]) => count === 1)).toBe(true)
    expect(distinct(seen.map(([, , , folder]) => folder))).toBe(seen.length)
    expect(seen.some(([, , , folder]) => existsSync(folder))).toBe(false)
    expect(seen.map(([, , , , padding]) => padding)).toEqual(record.trials.map(({ padding }) => padding))
    expect(distinct(seen.map(([, , , , padding]) => padding))).toBeGreaterThan(seen.length / 2)
    // CPU time is measured whatever the metric is, and the heap where spans are.
    for (const { metrics, telemetry } of record.trials) {
      expect(metrics).toMatchObject({ cpu: expect.any(Number), gc: expect.any(Number), calls: 0 })
      expect(metrics!['peak-heap']).toBeGreaterThan(1e6)
      expect(telemetry!.duration).toBeGreaterThan(metrics!.wall!)
    }
    expect(secondaryMetricsOf(record).map(({ metric }) => metric)).toEqual(['cpu', 'gc', 'peak-heap', 'calls'])
  })

  it('repeats: many executions in each fresh thread, of which the steady part counts', async () => {
    const log = join(workspace, 'repeats.log')
    const record = await runExperiment(engine, { ...tiny, params: { log }, repeats: 40 }, progress)
    expect(record.settings).toMatchObject({ isolation: 'repeats', repeats: 40, capture: { level: 'off' } })
    const seen = readSeen(log)
    expect(seen).toHaveLength(40 * record.trials.length)
    expect(distinct(seen.map(([, thread]) => thread))).toBe(record.trials.length)
    expect(Math.max(...seen.map(([, , count]) => count))).toBe(40)
    for (const { runId, value, repeats, metrics } of record.trials) {
      const run = engine.store.runs.get(runId)!
      expect(run.repeats).toHaveLength(40)
      expect(run.value).toBe(value)
      expect(repeats).toMatchObject({ count: 40 })
      const steady = [...run.repeats!.subarray(repeats!.from)].sort((a, b) => a - b)
      expect(value).toBeGreaterThanOrEqual(steady[0]!)
      expect(value).toBeLessThanOrEqual(steady.at(-1)!)
      expect(metrics!.cpu).toBeGreaterThanOrEqual(0)
    }
    expect(record.results.differences).toEqual([])
  })

  it('process: a fresh process for each trial, and each of them gone afterwards', async () => {
    const log = join(workspace, 'process.log')
    const before = runners
    const record = await runExperiment(engine, { ...tiny, params: { log }, isolation: 'process' }, progress)
    const seen = readSeen(log)
    expect(distinct(seen.map(([pid]) => pid))).toBe(record.trials.length)
    expect(runners - before).toBe(record.trials.length)
    expect(seen.every(([pid]) => pid === engine.runner.pid || !isAlive(pid))).toBe(true)
    expect(record.trials.every(({ metrics }) => metrics!['peak-memory']! > 1e6)).toBe(true)
    expect(record.trials.every(({ reason }) => reason === 'finished')).toBe(true)
  })

  it('refuses what no trial could be', async () => {
    await expect(runExperiment(engine, { ...tiny, repeats: 1 }, progress)).rejects.toMatchObject({
      code: 'engine.repeats',
    })
    await expect(runExperiment(engine, { ...tiny, metric: 'user' }, progress)).rejects.toMatchObject({
      code: 'engine.metric',
    })
  })
})

it('an experiment on CPU time holds CPU times, where its trials are long enough for the clock', async () => {
  const file = join(import.meta.dirname, '..', '..', 'bench', 'workflows', 'spin.workflow.ts')
  const variants = ['baseline', { name: 'again', patch: {} }]
  const spin = { ...tiny, file, variants, params: { rounds: 1000 }, metric: 'cpu', rope: 0.05 } as const
  const record = await runExperiment(engine, spin, progress)
  expect(record.trials.length).toBeGreaterThan(0)
  expect(record.trials.every(({ value, metrics }) => value === metrics!.cpu!)).toBe(true)
  expect(secondaryMetricsOf(record)[0]).toMatchObject({ metric: 'wall' })
  await expect(runExperiment(engine, { ...tiny, metric: 'cpu' }, progress)).rejects.toMatchObject({
    code: 'engine.timer-too-coarse',
    message: expect.stringContaining('Make the trials longer'),
  })
})

it('a rigorous experiment runs the baseline once more, and its report counts its blocks', async () => {
  const stop = new AbortController()
  const request = { ...tiny, preset: 'rigorous', disturbed: 'flag' } as const
  const record = await runExperiment(engine, request, silentProgress(stop.signal), ({ blocks }) => {
    if (blocks.length > 10) stop.abort()
  })
  expect(record).toMatchObject({ status: 'stopped', plan: { controlArm: true }, look: { blocks: 10, control: {} } })
  expect(record.trials.filter(({ variant }) => variant === 2).length).toBeGreaterThanOrEqual(11)
  const [section] = reportOf(engine, { experiments: [record.id] }).experiments
  expect(section!.design).toMatchObject({ blocksCounted: 10, unit: expect.stringContaining('10 blocks of 3 trials') })
})

describe('going on with an experiment', () => {
  let stopped: ExperimentRecord

  beforeAll(async () => {
    const stop = new AbortController()
    stopped = await runExperiment(engine, { ...tiny, rope: 0.001 }, silentProgress(stop.signal), ({ blocks }) => {
      if (blocks.length > 4) stop.abort()
    })
  })

  it('adds blocks of the same stream up to the next look, under the same id', async () => {
    expect(stopped).toMatchObject({ status: 'stopped', stop: 'cancelled', look: { kind: 'pending' } })
    const record = await extendExperiment(engine, { id: stopped.id, maxBlocks: 8 }, progress)
    expect(record).toMatchObject({ id: stopped.id, status: 'finished', look: { kind: 'look', blocks: 8 } })
    expect(record.extensions).toMatchObject([{ blocks: 4, fromCap: 16, toCap: 8 }])
    expect(record.blocks.slice(0, stopped.blocks.length)).toEqual(stopped.blocks)
    expect(record.blocks.filter(({ warmUp }) => warmUp)).toHaveLength(2)
    expect(record.results.compared).toBe(record.trials.length - 1)
    expect(engine.store.experiments.get(record.id)).toMatchObject({ status: 'finished' })
  })

  it('goes on after the studio went away in the middle of a block', async () => {
    const stop = new AbortController()
    const whole = await runExperiment(engine, { ...tiny, rope: 0.001 }, silentProgress(stop.signal), ({ blocks }) => {
      if (blocks.length > 3) stop.abort()
    })
    // As a killed process leaves it: running, with a run of a block that the record does not know.
    const last = engine.store.runs.get(whole.trials.at(-1)!.runId)!
    const orphan = {
      ...last,
      id: `${last.id.slice(0, -1)}~`,
      trial: { ...last.trial!, block: whole.blocks.length - 1 },
    }
    engine.store.runs.put(orphan)
    engine.store.experiments.update({ ...engine.store.experiments.get(whole.id)!, status: 'interrupted' })
    const record = await extendExperiment(engine, { id: whole.id, maxBlocks: 8 }, progress)
    const [broken] = record.blocks.filter(({ invalidated }) => invalidated !== undefined)
    expect(broken).toMatchObject({ block: whole.blocks.length - 1, invalidated: 'cut off in the middle' })
    expect(record).toMatchObject({ status: 'finished', look: { blocks: 8 } })
    expect(distinct(record.blocks.map(({ block }) => block))).toBe(record.blocks.length)
  })

  it('refuses where no look is left', async () => {
    const all = await extendExperiment(engine, { id: stopped.id }, progress)
    expect(all.look).toMatchObject({ blocks: 16 })
    await expect(extendExperiment(engine, { id: stopped.id }, progress)).rejects.toMatchObject({
      code: 'engine.cannot-extend',
      message: expect.stringContaining('no α left'),
    })
  })

  it('refuses another machine, another Node and a changed source', async () => {
    const known = engine.store.experiments.get(stopped.id)!
    const cut = { ...known, blocks: known.blocks.slice(0, 4), status: 'stopped' as const }
    const copies = [
      { machine: 'another', says: /another machine/ },
      { node: '1.2.3', says: /Node 1\.2\.3/ },
    ].map(({ says, ...changes }, place) => {
      const copy = { ...cut, id: `x0000000000000${place}`, environment: { ...cut.environment!, ...changes } }
      engine.store.experiments.insert(copy)
      return { id: copy.id, says }
    })
    for (const { id, says } of copies) await expect(extendExperiment(engine, { id }, progress)).rejects.toThrow(says)
    writeFiles(workspace, { 'tiny.workflow.ts': `${source}\n// changed` })
    await expect(extendExperiment(engine, { id: copies[0]!.id }, progress)).rejects.toThrow(/source has changed/)
    writeFiles(workspace, { 'tiny.workflow.ts': source })
  })
})

describe('shell commands', () => {
  const quick = { preset: 'quick', seed: 5 } as const

  it('are compared by the same plan, with wall, user and system times', async () => {
    const commands = ['sleep 0.002', 'sleep 0.06']
    const record = await compareCommands(engine, { ...quick, commands }, progress)
    expect(record).toMatchObject({ status: 'finished', look: { candidates: [{ verdict: 'slower' }] } })
    expect(record.trials.every(({ runId, exit }) => runId === '' && exit?.code === 0)).toBe(true)
    if (record.settings.commands!.timer === 'shell') {
      expect(secondaryMetricsOf(record).map(({ metric }) => metric)).toEqual(['cpu', 'user', 'system'])
    }
    const [section] = reportOf(engine, { experiments: [record.id] }).experiments
    expect(section!.design.unit).toContain('a fresh process per trial')
    expect(section!.variants.map(({ counted }) => counted)).toEqual([
      section!.design.blocksCounted,
      section!.design.blocksCounted,
    ])
  })

  it('are told apart where one is compared with itself', async () => {
    const record = await compareCommands(engine, { ...quick, commands: ['true', 'true'] }, progress)
    expect(record.settings.variants.map(({ name }) => name)).toEqual(['true', 'true (2)'])
    expect(record.settings.askedRope).toBe(record.settings.rope > 0.02 ? 0.02 : undefined)
  })

  it('run in the folder that was named, prepared and cleaned up around each trial', async () => {
    writeFiles(workspace, { 'side/here.txt': '' })
    const directory = join(workspace, 'side')
    const record = await compareCommands(
      engine,
      {
        ...{ ...quick, commands: ['test -f here.txt -a -f ready', 'test -f ready'], directory },
        ...{ prepare: 'touch ready && echo p >> log', cleanup: 'rm ready && echo c >> log' },
      },
      progress,
    )
    expect(record.trials.every(({ reason }) => reason === 'finished')).toBe(true)
    const log = readFileSync(join(directory, 'log'), 'utf8')
    expect(log).toBe('p\nc\n'.repeat(record.trials.length))
  })

  it('fail by their exit code, unless that is ignored', async () => {
    const failing = await compareCommands(engine, { ...quick, commands: ['true', 'exit 3'] }, progress)
    expect(failing).toMatchObject({ status: 'failed', stop: 'failed' })
    expect(failing.trials.find(({ variant }) => variant === 1)).toMatchObject({ reason: 'failed', exit: { code: 3 } })
    const ignored = await compareCommands(
      engine,
      { ...quick, commands: ['true', 'exit 3'], ignoreFailure: true },
      progress,
    )
    expect(ignored.status).toBe('finished')
  })

  it('end by their time limit with everything that they started', async () => {
    const commands = ['true', 'sleep 3730 & sleep 3731; true']
    const record = await compareCommands(engine, { ...quick, commands, timeout: 300 }, progress)
    expect(record.trials.filter(({ variant }) => variant === 1).every(({ reason }) => reason === 'timeout')).toBe(true)
    expect(commandLines().filter((line) => /sleep 373[01]/.test(line))).toEqual([])
  })

  it('measure nothing where they cannot be prepared', async () => {
    const unprepared = compareCommands(engine, { ...quick, commands: ['true', 'true'], prepare: 'exit 4' }, progress)
    await expect(unprepared).rejects.toMatchObject({
      code: 'engine.precondition',
      message: /--prepare failed: exit code 4/,
    })
  })

  it('leave out the blocks in which they could not be prepared', async () => {
    const commands = ['true', 'true']
    // The sixth time, which is in the third block after the warm-up block, or in the second.
    const prepare = 'echo x >> count; test $(wc -l < count) -ne 6'
    const record = await compareCommands(engine, { ...quick, commands, prepare, directory: newWorkspace() }, progress)
    const left = record.blocks.filter(({ invalidated }) => invalidated !== undefined)
    expect(left.map(({ block }) => block)).toEqual([1])
    expect(left[0]!.invalidated).toContain('--prepare failed: exit code 1')
  })

  it('without a shell are programs, and one that is not there is said', async () => {
    const lines: string[] = []
    const commands = ['true', 'no-such-program']
    const heard = { ...progress, log: (line: string) => lines.push(line) }
    const record = await compareCommands(engine, { ...quick, commands, shell: 'none' }, heard)
    expect(record.status).toBe('failed')
    expect(lines[0]).toContain('no-such-program')
  })

  it('can be extended', async () => {
    const first = await compareCommands(
      engine,
      { ...quick, commands: ['true', 'true'], maxBlocks: 8, rope: 1e-6 },
      progress,
    )
    const record = await extendExperiment(engine, { id: first.id }, progress)
    expect(record).toMatchObject({ look: { blocks: 16 }, stop: expect.stringMatching(/decided|last-look/) })
  })

  it('stop when they are cancelled', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 500)
    const directory = newWorkspace()
    const sides = { prepare: 'echo p >> log', cleanup: 'echo c >> log', directory }
    const record = await compareCommands(
      engine,
      { ...quick, commands: ['sleep 3720', 'sleep 3721'], ...sides },
      silentProgress(stop.signal),
    )
    expect(record).toMatchObject({ status: 'stopped', stop: 'cancelled' })
    expect(commandLines().filter((line) => /sleep 372[01]/.test(line))).toEqual([])
    // What was prepared was cleaned up.
    expect(readFileSync(join(directory, 'log'), 'utf8')).toBe('p\nc\n')
  })
})

describe('on the command line', () => {
  const folder = newWorkspace()

  it('compares commands, shows them, goes on with them and reports them', async () => {
    const typed = ['compare', '--command', 'sleep 0.01', '--command', 'sleep 0.02', '--preset', 'quick', '--seed', '1']
    const { code, out } = await startStrobe(folder, ...typed, '--max-blocks', '8', '--json').ended
    expect(code).toBe(0)
    const document = JSON.parse(out)
    const { id } = document.experiment
    expect(Object.keys(document)).toEqual(expect.arrayContaining(['experiment', 'ranking', 'contenders', 'secondary']))
    const shown = await startStrobe(folder, 'show', id).ended
    expect(shown.out).toMatch(/unit +a fresh process per trial/)
    expect(shown.out).toMatch(/also measured/)
    const extended = await startStrobe(folder, 'compare', '--extend', id, '--json').ended
    expect(extended.code).toBe(0)
    expect(JSON.parse(extended.out).experiment).toMatchObject({ id, look: { blocks: 16 } })
    const refused = await startStrobe(folder, 'compare', '--extend', id).ended
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('no α left') })
    expect(await startStrobe(folder, 'report', id).ended).toMatchObject({ code: 0 })
  })

  it.each([
    [['compare'], 'cli.nothing-to-compare'],
    [['compare', 'some', '--extend', 'x1'], 'cli.too-much-to-compare'],
    [['compare', '--command', 'true'], 'engine.one-variant'],
  ])('%j is a wrong command line', async (typed, says) => {
    const { code, err } = await startStrobe(folder, ...typed).ended
    expect(code).toBe(2)
    expect(err).toContain(says)
  })
})

/** The command lines of all processes, where the system shows them as files. */
function commandLines(): string[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') : []
    } catch {
      return []
    }
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
