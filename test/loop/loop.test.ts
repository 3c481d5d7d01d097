import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import {
  type AdviceEntry,
  type ApplyOutcome,
  advise,
  applyRecommendation,
  checkFile,
  comparisonsOf,
  copySamples,
  type Engine,
  type ExperimentRecord,
  findAdvice,
  findExperiment,
  findRun,
  listRuns,
  openEngine,
  renderings,
  reportOf,
  runExperiment,
  runOnce,
  traceOf,
} from '../../src/engine/index.ts'
import { newWorkspace, spansOf } from './workspace.ts'

vi.setConfig({ testTimeout: 180_000 })

const progress = silentProgress()
/** Stop at the first look: eight blocks. */
const soon = { preset: 'quick', timeBudget: 1 } as const

describe('measure, find, predict, apply, measure again, prove: on the sample of orders', () => {
  const workspace = newWorkspace()
  const params = { limit: 24 }
  let engine: Engine
  let experiment: ExperimentRecord
  let entries: AdviceEntry[]
  let outcome: ApplyOutcome

  beforeAll(() => {
    copySamples(workspace)
    engine = openEngine({ workspace })
  })
  afterAll(() => engine.close())

  it('an experiment ends with an interval for the comparison, and with equal results', async () => {
    const blocks: number[] = []
    experiment = await runExperiment(
      engine,
      { file: 'orders.workflow.ts', variants: ['baseline', 'paired'], preset: 'quick', maxBlocks: 8, params },
      progress,
      (record) => blocks.push(record.blocks.length),
    )
    expect(experiment).toMatchObject({ status: 'finished', settings: { purpose: 'compare', params } })
    expect(blocks).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const [comparison, ...others] = comparisonsOf(experiment)
    expect(others).toEqual([])
    // How clear it is depends on what else the machine does: only a slower verdict would be a wrong one.
    expect(comparison!.verdict).toMatch(/^(faster|faster-maybe-negligible|inconclusive)$/)
    expect(comparison!.low).toBeGreaterThan(0)
    expect(comparison!.low).toBeLessThanOrEqual(comparison!.ratio!)
    expect(comparison!.high).toBeGreaterThanOrEqual(comparison!.ratio!)
    expect(comparison!.ratio).toBeLessThan(1)
    // All trials but the one that the others are held against, the warm-up's included.
    expect(experiment.results).toMatchObject({ compared: experiment.trials.length - 1, differences: [] })
    expect(findExperiment(engine, experiment.id)).toEqual(
      JSON.parse(JSON.stringify({ ...experiment, workflow: 'orders' })),
    )
    for (const { runId, value } of experiment.trials) {
      expect(findRun(engine, runId)).toMatchObject({ reason: 'finished', value, params })
    }
  })

  it('advice is found, rests on spans that are in the stored trace, and predicts a gain', async () => {
    entries = await advise(engine, { experiment: experiment.id }, progress)
    expect(entries.map(({ recommendation }) => recommendation.rule)).toContain('repeated-lookup')
    for (const { id, recommendation } of entries) {
      expect(recommendation.status).toBe('open')
      const { runId, spanIds, spanCount } = recommendation.evidence
      expect(findRun(engine, runId)).toMatchObject({ variant: 'baseline', trial: { experiment: experiment.id } })
      const spans = spansOf(traceOf(engine, runId)!)
      expect(spanIds.length).toBe(Math.min(spanCount, 1000))
      for (const span of spanIds) expect(spans[span]?.name).toMatch(/^(quotes|db\..*|api\..*)$/)
      expect(recommendation.prediction).toMatchObject({
        kind: 'range',
        low: expect.any(Number),
      })
      expect(findAdvice(engine, id).recommendation).toEqual(recommendation)
    }
  })

  it('looking again brings the same entries up to date and adds none', async () => {
    const again = await advise(engine, { experiment: experiment.id }, progress)
    expect(again.map(({ id }) => id)).toEqual(entries.map(({ id }) => id))
  })

  it('applied, it is measured in the same circumstances, and the measured gain stands beside the predicted', async () => {
    const best = entries.find(({ recommendation }) => recommendation.patch)!
    outcome = await applyRecommendation(engine, { id: best.id, preset: 'quick', write: true }, progress)
    const { recommendation } = findAdvice(engine, best.id)
    expect(recommendation).toMatchObject({ status: 'proved', prediction: best.recommendation.prediction })
    expect(recommendation.proof).toMatchObject({ experimentId: outcome.experiment, verdict: 'faster' })
    expect(recommendation.proof!.high).toBeLessThan(1)
    const proof = findExperiment(engine, outcome.experiment)
    expect(proof.settings).toMatchObject({ purpose: 'proof', recommendation: best.id, params })
    expect(proof.settings.variants.map(({ name }) => name)).toEqual(['baseline', outcome.variant])
    expect(proof.results.differences).toEqual([])
    expect(outcome.entry.recommendation).toEqual(recommendation)
  })

  it('what was proved is in the workflow as a variant, and the file passes its check', async () => {
    expect(outcome.written).toBe(true)
    const { patch } = outcome.entry.recommendation
    const check = await checkFile(engine, 'orders.workflow.ts', progress)
    expect(check.diagnostics).toEqual([])
    expect(check.description!.variants.at(-1)).toMatchObject({ name: outcome.variant, patch })
    expect(outcome.diff).toContain(`+  .variant('${outcome.variant}'`)
    const run = await runOnce(engine, { file: 'orders.workflow.ts', variant: outcome.variant, params }, progress)
    expect(run).toMatchObject({ reason: 'finished', variant: outcome.variant })
    expect(run.result!.digest).toBe(findRun(engine, experiment.trials[0]!.runId).result!.digest)
  })

  it('the report names the experiments and the runs that it shows, in every rendering', () => {
    const report = reportOf(engine, { experiments: [experiment.id, outcome.experiment] })
    const ids = report.runs.map(({ id }) => id)
    expect(ids.length).toBe(4)
    for (const { render, extension } of renderings) {
      const text = render(report)
      for (const id of [experiment.id, outcome.experiment, ...ids]) expect(text, extension).toContain(id)
    }
    expect(renderings.map(({ extension }) => extension)).toEqual(expect.arrayContaining(['html', 'json']))
  })
})

describe('nothing is called faster that', () => {
  const workspace = newWorkspace('loop')
  let engine: Engine

  beforeAll(() => {
    engine = openEngine({ workspace })
  })
  afterAll(() => engine.close())

  it('computes something else, and nothing of it is applied', async () => {
    const file = 'arrivals.workflow.ts'
    const before = readFileSync(join(workspace, file), 'utf8')
    const experiment = await runExperiment(engine, { file, preset: 'quick', maxBlocks: 8 }, progress)
    const [comparison] = comparisonsOf(experiment)
    expect(comparison).toMatchObject({ verdict: 'different-result' })
    expect(experiment.results.differences.length).toBeGreaterThan(0)
    for (const { runId } of experiment.results.differences) {
      expect(findRun(engine, runId)).toMatchObject({ variant: 'overlapped', reason: 'finished' })
    }
    const [entry] = await advise(engine, { experiment: experiment.id }, progress)
    expect(entry!.recommendation).toMatchObject({ rule: 'serial-calls', place: 'places' })
    const outcome = await applyRecommendation(engine, { id: entry!.id, ...soon, write: true }, progress)
    expect(outcome).toMatchObject({ written: false, entry: { recommendation: { status: 'refused' } } })
    expect(findAdvice(engine, entry!.id).recommendation).toMatchObject({
      status: 'refused',
      proof: { verdict: 'different-result' },
    })
    expect(readFileSync(join(workspace, file), 'utf8')).toBe(before)
  })

  it('cannot be put into the source: that is said before it is measured, or with what to write by hand', async () => {
    const file = 'arrivals.workflow.ts'
    const path = join(workspace, file)
    const source = readFileSync(path, 'utf8')
    // Without its own variant, which might be just what is advised and need no writing.
    const made = source
      .replace(/\n {2}\.variant\(.*\)/, '')
      .replace('export default workflow', 'const make = () => workflow')
      .concat('\nexport default make()\n')
    expect(made).not.toBe(source)
    writeFileSync(path, made)
    const run = await runOnce(engine, { file }, progress)
    const [entry] = await advise(engine, { run: run.id }, progress)
    const before = listRuns(engine).length
    const request = { id: entry!.id, ...soon, name: 'baseline' }
    await expect(applyRecommendation(engine, { ...request, write: true }, progress)).rejects.toMatchObject({
      code: 'engine.variant-not-added',
    })
    expect(listRuns(engine).length).toBe(before)
    const outcome = await applyRecommendation(engine, request, progress)
    // "baseline" is the workflow as written, and no name for a variant.
    expect(outcome).toMatchObject({
      variant: 'baseline-2',
      written: false,
      byHand: expect.stringContaining('.variant('),
    })
    expect(readFileSync(path, 'utf8')).toBe(made)
    writeFileSync(path, source)
  })

  it('fails, always or now and then', async () => {
    const witness = join(workspace, 'witness')
    const request = { file: 'failing.workflow.ts', preset: 'quick' as const, params: { witness } }
    const hasty = await runExperiment(engine, { ...request, variants: ['baseline', 'hasty'] }, progress)
    expect(comparisonsOf(hasty)[0]).toMatchObject({ verdict: 'unreliable' })
    const failed = hasty.trials.filter(({ variant, value }) => variant === 1 && value === null)
    expect(failed.length).toBeGreaterThan(2)
    for (const { runId, reason } of failed) {
      expect(reason).toBe('failed')
      expect(findRun(engine, runId)).toMatchObject({ value: null, error: { code: 'user.error' } })
    }

    const hastier = await runExperiment(engine, { ...request, variants: ['baseline', 'hastier'] }, progress)
    expect(hastier).toMatchObject({ status: 'failed', stop: 'failed' })
    expect(comparisonsOf(hastier)[0]?.verdict ?? 'unreliable').toBe('unreliable')
    // It is given up long before its plan ends.
    expect(hastier.blocks.length).toBeLessThan(8)
  })
})
