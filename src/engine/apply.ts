import { readFileSync, writeFileSync } from 'node:fs'
import { createTwoFilesPatch } from 'diff'
import type { Proof, Recommendation, RecommendationStatus } from '../advice/index.ts'
import { comparisonsOf, type ExperimentRecord } from '../analysis/index.ts'
import { type Progress, StrobeError } from '../base/index.ts'
import type { RunRecord } from '../trace/index.ts'
import { type Patch, patchesEqual, reservedVariants } from '../workflow/index.ts'
import { addVariantToSource } from './add-variant.ts'
import type { AdviceEntry, ApplyOutcome, ApplyRequest } from './api.ts'
import { ledgerRow } from './documents.ts'
import type { Engine } from './engine.ts'
import { runExperiment } from './experiment.ts'
import type { ExperimentListener } from './experiment-loop.ts'
import { findAdvice } from './find.ts'
import { describeFile, findWorkflow } from './workflows.ts'

/**
 * Tries a recommendation: measures the workflow with its patch against the workflow without, and puts what came out
 * beside what was predicted. A variant whose results differ is refused. The source is changed only where that was asked for and
 * the proof says that it is faster. Throws `engine.no-patch` where there is nothing to apply, and `engine.variant-not-added`,
 * before it measures, where the source was to be changed and cannot be.
 */
export async function applyRecommendation(
  engine: Engine,
  request: ApplyRequest,
  progress: Progress,
  listener?: ExperimentListener,
  started?: (experimentId: string) => void,
): Promise<ApplyOutcome> {
  const entry = findAdvice(engine, request.id)
  const { patch, base } = entry.recommendation
  if (!patch) {
    throw new StrobeError(
      'engine.no-patch',
      `No knob can do what "${entry.recommendation.title}" asks for. By hand: ${entry.recommendation.action}`,
      { data: { id: entry.id } },
    )
  }
  const file = findWorkflow(engine, entry.file)
  const { description } = await describeFile(engine, file, progress)
  const known = description.variants.find((variant) => patchesEqual(variant.patch, patch))
  const taken = [...reservedVariants, ...description.variants.map(({ name }) => name)]
  const variant = known?.name ?? freeName(request.name ?? nameFor(entry.recommendation), taken)
  // Whether the source can be changed is known before anything is measured; where that was asked for, it is a must.
  const proposal = known ? undefined : proposeChange(file, variant, patch)
  if (request.write && proposal instanceof StrobeError) throw proposal
  const experiment = await runExperiment(
    engine,
    {
      file,
      variants: [
        { name: base.variant, patch: base.patch },
        { name: variant, patch },
      ],
      params: paramsOf(engine, entry.recommendation),
      ...(request.preset ? { preset: request.preset } : {}),
      ...(request.timeBudget === undefined ? {} : { timeBudget: request.timeBudget }),
      ...(request.disturbed === undefined ? {} : { disturbed: request.disturbed }),
    },
    progress,
    listener,
    { purpose: 'proof', recommendation: entry.id },
    started,
  )
  const proved = withProof(entry, experiment)
  engine.store.advice.update(ledgerRow(proved))
  // Made anew: the source may have been edited while it was measured.
  const change = known ? undefined : proposeChange(file, variant, patch)
  const outcome = { entry: proved, experiment: experiment.id, variant, written: false }
  if (!change) return outcome
  if (change instanceof StrobeError) return { ...outcome, byHand: change.message }
  const written = request.write === true && proved.recommendation.status === 'proved'
  if (written) writeFileSync(file, change.after)
  const diff = createTwoFilesPatch(entry.file, entry.file, change.before, change.after, '', '')
  return { ...outcome, written, diff }
}

/** What the workflow was given where the advice was found: a prediction for one load is not held against another. */
function paramsOf({ store }: Engine, { evidence }: Recommendation): RunRecord['params'] {
  const run = store.runs.get(evidence.runId)
  // An experiment keeps what was asked for; a run what became of it, which a schema may have converted.
  const experiment = run?.trial && store.experiments.get(run.trial.experiment)
  return experiment?.settings.params ?? run?.params ?? {}
}

function withProof(entry: AdviceEntry, experiment: ExperimentRecord): AdviceEntry {
  const [comparison] = comparisonsOf(experiment)
  if (!comparison?.verdict) return entry
  // Without numbers where it computes something else: `comparisonsOf` gives none.
  const { ratio, low, high, verdict } = comparison
  const proof: Proof = { experimentId: experiment.id, ratio, low, high, verdict }
  return { ...entry, recommendation: { ...entry.recommendation, status: statusAfter(verdict), proof } }
}

function statusAfter(verdict: Proof['verdict']): RecommendationStatus {
  switch (verdict) {
    case 'faster':
    case 'faster-maybe-negligible':
      return 'proved'
    case 'different-result':
      return 'refused'
    case 'inconclusive':
    case 'unreliable':
      return 'undecided'
    default:
      return 'refuted'
  }
}

/** The source with the variant in it, or why it cannot be put there. */
function proposeChange(file: string, variant: string, patch: Patch): { before: string; after: string } | StrobeError {
  const before = readFileSync(file, 'utf8')
  try {
    return { before, after: addVariantToSource(before, file, variant, patch) }
  } catch (thrown) {
    if (thrown instanceof StrobeError) return thrown
    throw thrown
  }
}

/** `repeated-lookup-db`: what was found, and where. */
function nameFor({ rule, place }: Recommendation): string {
  return `${rule}-${place.replace(/[^a-zA-Z0-9]+/g, '-')}`
}

function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted}-${number}`)) number++
  return `${wanted}-${number}`
}
