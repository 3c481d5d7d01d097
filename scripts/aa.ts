// Experiments on identical variants, on this machine and through the whole studio: `npm run aa`.
//   node scripts/aa.ts                    20 experiments on identical variants and 3 planted differences (some 15 minutes)
//   node scripts/aa.ts --experiments 40   more of them
//   node scripts/aa.ts --quick            4 of them with fewer blocks (about a minute)
// Exits with 1 when more than one says that there is a difference, one says it strongly, or a plant is not found. Ctrl-C
// ends it and shows what was measured until then; everything is kept in the workspace that it names.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { formatDuration, type Progress } from '../src/base/index.ts'
import { copySamples, type Engine, openEngine, runExperiment } from '../src/engine/index.ts'
import { type AaExperiment, aaExperiments } from './aa-experiments.ts'
import { type AaResult, summarise, summaryLines, tableOf } from './aa-outcome.ts'
import { ensureBuilt, projectRoot } from './build.mjs'
import { isAlive } from './build-lock.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    experiments: { type: 'string' },
    blocks: { type: 'string' },
  },
})
const identical = numberOf('experiments', options.quick ? 4 : 20)
const blocks = numberOf('blocks', options.quick ? 10 : 40)
const plantBlocks = options.blocks === undefined ? (options.quick ? 20 : 320) : blocks

const cancel = new AbortController()
process.on('SIGINT', () => {
  if (cancel.signal.aborted) process.exit(130)
  say('Stopping; what was measured is kept. Ctrl-C again ends at once.')
  cancel.abort()
})
process.exitCode = await main()

async function main(): Promise<number> {
  await ensureBuilt()
  const workspace = makeWorkspace()
  const engine = openEngine({ workspace })
  const start = performance.now()
  const planned = aaExperiments({ identical, blocks, plantBlocks })
  const results: AaResult[] = []
  for (const [place, experiment] of planned.entries()) {
    if (cancel.signal.aborted) break
    const result = await measure(engine, experiment, `${String(place + 1).padStart(2)} of ${planned.length}`)
    if (result !== undefined) results.push(result)
  }
  engine.close()
  console.log(tableOf(results).join('\n'))
  const took = formatDuration((performance.now() - start) * 1e6)
  console.log(`\n${results.length} of ${planned.length} experiments in ${took}, kept in ${relative('', workspace)}.`)
  const summary = summarise(results)
  console.log(summaryLines(summary).join('\n'))
  return cancel.signal.aborted ? 130 : summary.passes ? 0 : 1
}

/** One experiment; nothing where it was cancelled before it had begun. */
async function measure(engine: Engine, experiment: AaExperiment, place: string): Promise<AaResult | undefined> {
  const name = `${place}  ${experiment.workflow}, ${experiment.what}`
  say(name)
  const progress: Progress = { signal: cancel.signal, update() {}, log() {} }
  let looked = 0
  try {
    const record = await runExperiment(engine, experiment.request, progress, ({ look }) => {
      if (look?.kind !== 'look' || look.blocks === looked) return
      looked = look.blocks
      say(`${' '.repeat(place.length)}  block ${looked}: ${look.candidates[0]?.verdict ?? 'no verdict'}`)
    })
    return { experiment, record }
  } catch (thrown) {
    if (cancel.signal.aborted) return undefined
    const error = thrown instanceof Error ? thrown.message : String(thrown)
    say(`${name}: ${error}`)
    return { experiment, error }
  }
}

/** A workspace of this process with the samples and the benches' workflows; those of processes that are gone go. */
function makeWorkspace(): string {
  const folder = join(projectRoot, 'tmp', 'aa')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (!isAlive(Number(name))) rmSync(join(folder, name), { recursive: true, force: true })
  }
  const workspace = join(folder, String(process.pid))
  copySamples(workspace)
  for (const name of ['spin', 'wait']) {
    const file = `${name}.workflow.ts`
    cpSync(join(projectRoot, 'bench', 'workflows', file), join(workspace, file))
  }
  if (!existsSync(join(workspace, 'orders.workflow.ts'))) throw new Error('The samples were not copied.')
  return workspace
}

function numberOf(option: 'experiments' | 'blocks', otherwise: number): number {
  const typed = options[option]
  if (typed === undefined) return otherwise
  const value = Number(typed)
  if (Number.isSafeInteger(value) && value >= 1) return value
  console.error(`--${option} takes a whole number from 1 on.`)
  process.exit(2)
}

function say(line: string): void {
  console.error(line)
}
