import type { CommandSettings, ExperimentRecord } from '../analysis/index.ts'
import { newId, type Progress, StrobeError } from '../base/index.ts'
import { hasShellTimer } from '../runtime/index.ts'
import type { CommandRequest } from './api.ts'
import { commandArms } from './command-arm.ts'
import { ResultComparer } from './compare-results.ts'
import { experimentRow } from './documents.ts'
import type { Engine } from './engine.ts'
import { readEnvironment } from './environment.ts'
import { commonSettings } from './experiment.ts'
import { planFor } from './experiment-defaults.ts'
import { type ExperimentListener, ExperimentLoop } from './experiment-loop.ts'
import { whileMeasuring } from './measuring-lock.ts'

/** What experiments on shell commands are listed under, in the place of a workflow's name. */
const listedAs = 'shell commands'
const defaultTimeout = 600_000

/**
 * Compares shell commands as variants of a workflow are compared: blocks in random order, a fresh process for each trial, the
 * same plans, tests and verdicts. What the commands print is not looked at: whether they do the same is for the user to
 * know. Throws `engine.one-variant`, `engine.metric`, `engine.precondition`, `engine.busy`.
 */
export async function compareCommands(
  engine: Engine,
  request: CommandRequest,
  progress: Progress,
  listener: ExperimentListener = () => {},
): Promise<ExperimentRecord> {
  return whileMeasuring(engine.workspace, { wait: engine.wait, progress }, async () => {
    const commands = await commandSettings(engine, request)
    const environment = { ...(await readEnvironment(engine.workspace)), source: '' }
    const record = { ...newExperiment(engine, request, commands), environment }
    engine.store.experiments.insert(experimentRow(record))
    return new ExperimentLoop(engine, record, commandArms(record), new ResultComparer(undefined)).run(
      progress,
      listener,
    )
  })
}

async function commandSettings(engine: Engine, request: CommandRequest): Promise<CommandSettings> {
  const { commands: lines, metric = 'wall', prepare, cleanup } = request
  if (lines.length < 2) {
    throw new StrobeError('engine.one-variant', 'One command only: an experiment compares at least two. Add another.')
  }
  const timer = (await hasShellTimer()) ? 'shell' : 'process'
  if (timer === 'process' && metric !== 'wall') {
    const message = `The ${metric} time of a command can only be taken where bash 5 or later is installed. Compare wall times, or install it.`
    throw new StrobeError('engine.metric', message, { data: { metric } })
  }
  return {
    ...{ lines, timer, shell: request.shell ?? '/bin/sh', directory: request.directory ?? engine.workspace },
    ...{ ignoreFailure: request.ignoreFailure ?? false, output: request.output ?? 'discard' },
    timeout: request.timeout ?? defaultTimeout,
    ...(prepare === undefined ? {} : { prepare }),
    ...(cleanup === undefined ? {} : { cleanup }),
  }
}

function newExperiment(engine: Engine, request: CommandRequest, commands: CommandSettings): ExperimentRecord {
  const { lines } = commands
  const names = distinct(lines.map((line, place) => request.names?.[place] ?? line))
  return {
    id: newId('x', engine.clock, engine.random),
    settings: {
      ...{ workflow: listedAs, file: '', params: {}, purpose: 'compare', commands },
      variants: names.map((name) => ({ name, patch: {} })),
      ...commonSettings(engine, request),
      ...{ isolation: 'process', capture: { level: 'off' } },
    },
    plan: planFor(request, lines.length - 1),
    ...{ status: 'running', stop: null, startedAt: engine.clock(), endedAt: null, blocks: [], trials: [], look: null },
    results: { reference: null, tolerance: 0, compared: 0, differences: [] },
  }
}

/** Two of one name are told apart by a number: comparing a command with itself is a way to see what the noise does. */
function distinct(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
