// Shell commands compared by Strobe and by hyperfine, side by side: `node bench/hyperfine.ts [--repetitions 30] [--runs 16]`.
//
// Agreement: the same two commands, measured by both in turns; the medians and the effect that each reports. False
// positives: a command against itself, again in turns, counting how often each says that there is a difference. hyperfine
// tests nothing by itself; what counts for it is (a) that its printed "… ± … times faster" leaves 1.00 out, and (b) p < 0.05 in
// Welch's test, which the script that comes with it applies to its times.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { comparisonsOf, type ExperimentRecord, valuesByArm } from '../src/analysis/index.ts'
import { formatChange, formatChangeWithInterval, formatDuration, silentProgress } from '../src/base/index.ts'
import { compareCommands, openEngine } from '../src/engine/index.ts'
import { mean, median, variance, welchTTest } from '../src/statistics/index.ts'

const { values: options } = parseArgs({
  options: { repetitions: { type: 'string', default: '30' }, runs: { type: 'string', default: '16' } },
})
/** From the system, where it is installed; no package of this project. */
const peer = 'hyperfine'
const repetitions = Number(options.repetitions)
const runs = Number(options.runs)

const folder = mkdtempSync(join(tmpdir(), 'strobe-hyperfine-'))
const engine = openEngine({ workspace: folder })
const spin = (turns: number) => `i=0; while [ $i -lt ${turns} ]; do i=$((i+1)); done`
const progress = silentProgress()

/** Times of both commands in nanoseconds, as hyperfine measured them. */
function runHyperfine(commands: readonly [string, string], shell: string): [number[], number[]] {
  const file = join(folder, 'hyperfine.json')
  const common = ['--style', 'none', '--warmup', '1', '--runs', String(runs), '--shell', shell, '--export-json', file]
  execFileSync(peer, [...common, ...commands], { stdio: 'ignore' })
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results: Array<{ times: number[] }> }
  return results.map(({ times }) => times.map((seconds) => seconds * 1e9)) as [number[], number[]]
}

function runStrobe(commands: readonly [string, string], shell: string): Promise<ExperimentRecord> {
  return compareCommands(engine, { commands, shell, preset: 'quick' }, progress)
}

/** Mean ratio with the error that hyperfine prints beside it: standard deviations, propagated. */
function printedRatio([from, to]: readonly [number[], number[]]): { ratio: number; error: number } {
  const ratio = mean(to) / mean(from)
  const error = ratio * Math.hypot(Math.sqrt(variance(from)) / mean(from), Math.sqrt(variance(to)) / mean(to))
  return { ratio, error }
}

async function showAgreement(name: string, commands: readonly [string, string], shell: string): Promise<void> {
  const pooled: [number[], number[]] = [[], []]
  const own: [number[], number[]] = [[], []]
  let last: ExperimentRecord | undefined
  for (let turn = 0; turn < 4; turn++) {
    const times = runHyperfine(commands, shell)
    last = await runStrobe(commands, shell)
    const values = valuesByArm(last, ({ value }) => value ?? undefined)
    for (const arm of [0, 1] as const) {
      pooled[arm].push(...times[arm])
      own[arm].push(...values[arm]!.filter((value) => value !== undefined))
    }
  }
  const [comparison] = comparisonsOf(last!)
  const medians = (times: readonly [number[], number[]]) => times.map((of) => formatDuration(median(of))).join(' and ')
  console.log(`${name}, shell ${shell}`)
  console.log(
    `  hyperfine  ${medians(pooled)}, ratio of medians ${formatChange(median(pooled[1]) / median(pooled[0]))}`,
  )
  console.log(`  Strobe     ${medians(own)}, ratio of medians ${formatChange(median(own[1]) / median(own[0]))}`)
  const { ratio, low, high, verdict } = comparison!
  if (ratio !== null)
    console.log(`             last experiment ${formatChangeWithInterval(ratio, low, high)} ${verdict}`)
}

async function countFalsePositives(name: string, command: string, shell: string): Promise<void> {
  const counts = { printed: 0, welch: 0, any: 0, strong: 0, inconclusive: 0 }
  const spread: { hyperfine: number[]; strobe: number[] } = { hyperfine: [], strobe: [] }
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const times = runHyperfine([command, command], shell)
    const { ratio, error } = printedRatio(times)
    counts.printed += Number(Math.abs(ratio - 1) > error)
    counts.welch += Number((welchTTest(...times)?.p ?? 1) < 0.05)
    spread.hyperfine.push(Math.abs(Math.log(ratio)))
    const [comparison] = comparisonsOf(await runStrobe([command, command], shell))
    const { verdict, state } = comparison!
    counts.any += Number(state?.significant ?? false)
    counts.strong += Number(verdict === 'faster' || verdict === 'slower')
    counts.inconclusive += Number(verdict === 'inconclusive')
    spread.strobe.push(Math.abs(Math.log(comparison!.ratio ?? 1)))
  }
  const of = (count: number) => `${count} of ${repetitions}`
  const off = (values: readonly number[]) => formatChange(Math.exp(median(values)))
  console.log(`${name} against itself, shell ${shell}, ${runs} runs each`)
  console.log(
    `  hyperfine  printed ± leaves 1.00 out ${of(counts.printed)}; Welch p < 0.05 ${of(counts.welch)}; ${off(spread.hyperfine)} off (median)`,
  )
  console.log(
    `  Strobe     any difference ${of(counts.any)}; strong ${of(counts.strong)}; undecided ${of(counts.inconclusive)}; ${off(spread.strobe)} off (median)`,
  )
}

try {
  execFileSync(peer, ['--version'], { stdio: 'ignore' })
} catch {
  console.log('hyperfine is not installed, so that there is nothing to compare with: apt-get install hyperfine.')
  process.exit(0)
}
await showAgreement('sleep 0.01 and sleep 0.0105', ['sleep 0.01', 'sleep 0.0105'], 'none')
await showAgreement('sleep 0.05 and sleep 0.06', ['sleep 0.05', 'sleep 0.06'], '/bin/sh')
await showAgreement('20 000 and 22 000 turns of a loop', [spin(20_000), spin(22_000)], '/bin/sh')
await countFalsePositives('sleep 0.01', 'sleep 0.01', 'none')
await countFalsePositives('a loop of 10 000 turns', spin(10_000), '/bin/sh')
engine.close()
rmSync(folder, { recursive: true })
