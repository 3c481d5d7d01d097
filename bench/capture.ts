// What recording costs: `node bench/capture.ts [--blocks 120] [--points 100000]`, after `npm run build`.
//
// An experiment of the studio's own kind — randomised blocks, a fresh thread per trial, block-swap interval — over the
// CPU-bound k-means sample: as one plain function, as a workflow at level off, at standard, and with CPU samples every
// millisecond. One look, at all blocks, so that the interval has 95 %.
//
// Some two milliseconds of a trial are paid once, whatever its size (code of Strobe's own that runs for the first time
// with the user's functions): more points make them a smaller share. The default is the sample's own size.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatChangeWithInterval, formatDuration, silentProgress } from '../src/base/index.ts'
import { openEngine } from '../src/engine/engine.ts'
import { readEnvironment } from '../src/engine/environment.ts'
import { runLimits } from '../src/engine/limits.ts'
import { runTrial } from '../src/engine/trial.ts'
import { blockOrders, evaluateLook, makePlan } from '../src/statistics/index.ts'
import type { CaptureSettings } from '../src/trace/index.ts'
import { median } from './median.ts'

const { values: options } = parseArgs({
  options: { blocks: { type: 'string', default: '120' }, points: { type: 'string', default: '100000' } },
})
const blocks = Number(options.blocks)
const params = { count: Number(options.points) }
const root = join(import.meta.dirname, '..')
const asFunction = join(root, 'bench', 'workflows', 'k-means-function.workflow.ts')
const asWorkflow = join(root, 'resources', 'samples', 'k-means.workflow.ts')
const off: CaptureSettings = { level: 'off' }
const arms: ReadonlyArray<{ name: string; file: string; capture: CaptureSettings }> = [
  { name: 'plain function', file: asFunction, capture: off },
  { name: 'off', file: asWorkflow, capture: off },
  { name: 'standard', file: asWorkflow, capture: { level: 'standard' } },
  { name: 'standard, samples at 1 ms', file: asWorkflow, capture: { level: 'standard', sampleInterval: 1000 } },
]

const workspace = mkdtempSync(join(tmpdir(), 'strobe-bench-'))
const engine = openEngine({ workspace })
const environment = { ...(await readEnvironment(workspace)), source: 'bench' }
const measured = { wall: arms.map((): number[] => []), cpu: arms.map((): number[] => []) }
let block = -1
for (const order of blockOrders(arms.length, 20_261_121)) {
  for (const [position, arm] of order.entries()) {
    const { name, file, capture } = arms[arm]!
    const { record } = await runTrial(
      engine,
      {
        ...{ file, shownFile: name, workflow: name, variant: 'baseline', patch: {}, params, seed: 1, now: 0 },
        ...{ capture, limits: runLimits(), environment, place: { experiment: 'bench', block, position } },
      },
      silentProgress(),
    )
    if (record.value === null) throw new Error(`${name} failed: ${record.error?.message}`)
    if (block < 0) continue
    measured.wall[arm]!.push(record.value)
    measured.cpu[arm]!.push(record.metrics?.cpu ?? Number.NaN)
  }
  if (++block === blocks) break
}
engine.close()
rmSync(workspace, { recursive: true })

function compare(times: readonly number[][], baseline: number, candidates: readonly number[]): void {
  const looks = [{ blocks, alpha: 0.05 * candidates.length }]
  const plan = makePlan({ looks, cap: blocks, controlArm: false }, { comparisons: candidates.length })
  const others = candidates.map((arm) => times[arm]!)
  const look = evaluateLook({ plan, baseline: times[baseline]!, candidates: others, rope: 0.02 })
  if (look.kind !== 'look') throw new Error(`${blocks} blocks are too few for an interval`)
  for (const [place, { estimate, low, high, verdict }] of look.candidates.entries()) {
    const interval = formatChangeWithInterval(estimate ?? Number.NaN, low, high)
    const name = arms[candidates[place]!]!.name
    console.log(`${name.padEnd(28)} against ${arms[baseline]!.name.padEnd(16)} ${interval}  ${verdict}`)
  }
}

console.log(`${params.count} points, ${blocks} blocks, one fresh thread per trial, intervals of 95 %`)
for (const [metric, times] of Object.entries(measured)) {
  console.log(`\n${metric === 'wall' ? 'wall time' : 'CPU time of the thread'}`)
  for (const [arm, { name }] of arms.entries()) {
    console.log(`${name.padEnd(28)} median ${formatDuration(median(times[arm]!))}`)
  }
  compare(times, 0, [1])
  compare(times, 1, [2, 3])
}
