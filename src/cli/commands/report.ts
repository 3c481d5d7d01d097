import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { StrobeError } from '../../base/index.ts'
import {
  type Engine,
  findAdvice,
  findExperiment,
  findRun,
  listExperiments,
  listRuns,
  type ReportRequest,
  type ReportSectionName,
  reportFormatNames,
  reportSections,
} from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import { writeReport } from '../report-file.ts'
import { kindOf, openForReading } from '../subject.ts'
import { choice, parsed, several, text } from '../values.ts'

export const report = defineCommand({
  name: 'report',
  summary: 'Write a report of experiments and runs: one file that needs nothing else',
  arguments: {
    ids: several('id', 'experiments, runs, or recommendations with their proof (default: the latest experiment)'),
  },
  options: {
    format: choice('--format <name>', 'how it is written (default: html); pdf needs a Chromium on this machine', [
      ...reportFormatNames,
    ]),
    sections: parsed('--sections <names>', `only these parts, of ${reportSections.join(',')}`, parseSections),
    title: text('--title <text>', 'what stands above it (default: the name of the workflow)'),
    output: text('--output <file>', 'where to (default: a file in .strobe/reports/)'),
  },
  examples: [
    { line: 'strobe report', does: 'Writes a page about the latest experiment and prints where it is.' },
    { line: 'strobe report x0k3 --format json --output orders.json', does: 'The same numbers for a program.' },
    { line: 'strobe report x0k3 --format markdown --sections experiments,advice', does: 'For a pull request.' },
  ],
  exits: ['done', 'failure', 'unknown', 'cancelled'],
  json: {
    file: 'absolute path of the report',
    format: `one of ${reportFormatNames.join(', ')}`,
    sections: 'names of the parts that are in it',
    experiments: 'ids of the experiments in it',
    runs: 'ids of the runs that were asked for',
  },
  async run(context, { ids, format = defaultFormat, sections = reportSections, title, output }) {
    const engine = openForReading(context, ids[0] ?? 'latest experiment')
    const request = ids.length === 0 ? latest(engine) : requestFor(engine, ids)
    const path = output === undefined ? {} : { path: resolve(context.cwd, output) }
    const file = await writeReport(
      engine,
      { ...request, ...(title === undefined ? {} : { title }) },
      { format, sections, ...path },
      context.progress,
    )
    context.print(context.shown(file))
    return { exit: 'done', json: { file, format, sections, ...request } }
  },
})

const defaultFormat = 'html'

function parseSections(typed: string): readonly ReportSectionName[] {
  const asked = typed.split(',').map((name) => name.trim())
  const unknown = asked.filter((name) => !reportSections.some((known) => known === name))
  if (unknown.length === 0) return reportSections.filter((name) => asked.includes(name))
  throw new InvalidArgumentError(`Name some of ${reportSections.join(', ')}, with commas between them.`)
}

type WholeRequest = Required<Pick<ReportRequest, 'experiments' | 'runs'>>

/** The latest experiment or, where there is none, the latest run. */
function latest(engine: Engine): WholeRequest {
  const [experiment] = listExperiments(engine, { limit: 1 })
  if (experiment) return { experiments: [experiment.id], runs: [] }
  const [run] = listRuns(engine, { limit: 1 })
  if (run) return { experiments: [], runs: [run.id] }
  throw new StrobeError(
    'engine.unknown-id',
    'There is nothing to report on yet. "strobe run" or "strobe compare" makes something.',
  )
}

function requestFor(engine: Engine, ids: readonly string[]): WholeRequest {
  const experiments = new Set<string>()
  const runs = new Set<string>()
  for (const id of ids) {
    const kind = kindOf(id)
    if (kind === 'run') runs.add(findRun(engine, id).id)
    else experiments.add(kind === 'experiment' ? findExperiment(engine, id).id : proofOf(engine, id))
  }
  return { experiments: [...experiments], runs: [...runs] }
}

/** The experiment that measured a recommendation. */
function proofOf(engine: Engine, id: string): string {
  const { id: whole, recommendation } = findAdvice(engine, id)
  if (recommendation.proof) return recommendation.proof.experimentId
  throw new StrobeError(
    'engine.unknown-id',
    `Recommendation ${whole} was not measured yet. "strobe apply ${whole}" does it.`,
  )
}
