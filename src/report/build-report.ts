import { buildAdvice, buildLedger } from './build-advice.ts'
import { buildExperiment } from './build-experiment.ts'
import { buildGraph } from './build-graph.ts'
import { buildRun } from './build-run.ts'
import { EnvironmentList } from './environment-list.ts'
import { findHeadline } from './headline.ts'
import type { ExperimentSection, Headline, ReportModel, RunSection } from './model.ts'
import type { ReportInput } from './report-input.ts'
import { reportSections } from './select-sections.ts'

/** Computes all that a report says. Pure and deterministic: the same input gives the same model. */
export function buildReport(input: ReportInput): ReportModel {
  const environments = new EnvironmentList()
  const experiments = input.experiments.map(({ record }) => buildExperiment(record, environments))
  const runs = input.runs.map((run) => buildRun(run, environments))
  const advice = buildAdvice(input.advice, input.experiments)
  const headline = findHeadline({ experiments, runs, advice, proof: input.proof ?? null })
  const name = input.experiments[0]?.record.settings.workflow ?? input.runs[0]?.record.workflow ?? null
  return {
    title: input.title ?? name ?? 'Strobe report',
    madeAt: input.madeAt,
    headline,
    sections: reportSections,
    environments: environments.list,
    workflow: findGraph(input),
    experiments,
    runs,
    pair: findPair(experiments, runs, headline),
    advice,
    ledger: buildLedger(input.advice, input.experiments),
  }
}

function findGraph({ experiments, runs }: ReportInput) {
  const described = [
    ...experiments.map(({ record, description }) => ({
      description,
      file: record.settings.file,
      at: record.startedAt,
    })),
    ...runs.map(({ record }) => ({ description: record.description, file: record.file, at: record.startedAt })),
  ].filter(({ description }) => description !== undefined)
  const newest = described.sort((a, b) => b.at - a.at)[0]
  return newest?.description ? buildGraph(newest.description, newest.file) : null
}

/** The baseline's run and that of the fastest variant that has one, both with a timeline; of the headline's experiment if possible. */
function findPair(
  experiments: readonly ExperimentSection[],
  runs: readonly RunSection[],
  { experiment }: Headline,
): ReportModel['pair'] {
  for (const { id, ranking, variants } of experiments.toSorted(
    (a, b) => Number(b.id === experiment) - Number(a.id === experiment),
  )) {
    const drawn = runs.filter(({ timeline }) => timeline !== null)
    const shown = (name: string | undefined) => {
      const named = drawn.filter(({ variant }) => variant === name)
      return named.find((run) => run.experiment === id) ?? named[0]
    }
    const baseline = shown(variants[0]?.name)
    const ranked = ranking.filter((row) => row.ratio !== null && row.verdict !== 'different-result' && !row.baseline)
    const best = ranked.map((row) => shown(row.name)).find((run) => run !== undefined)
    if (baseline && best) return { baseline: baseline.id, best: best.id }
  }
  return null
}
