import { findAdvice, findExperiment, findRun, traceOf } from '../../engine/index.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { openSubject } from '../subject.ts'
import { required } from '../values.ts'
import { adviceLines } from '../views/advice-view.ts'
import { experimentPage } from '../views/experiment-page.ts'
import { rankingOf } from '../views/experiment-view.ts'
import { analyseRun, runLines } from '../views/run-page.ts'

export const show = defineCommand({
  name: 'show',
  summary: 'Show a run, an experiment or a recommendation',
  arguments: { id: required('id', 'its id, or the beginning of it') },
  examples: [
    { line: 'strobe show r0k3', does: 'Where the time of a run went: nodes, phases, cycles.' },
    { line: 'strobe show x0k3', does: 'The verdicts of an experiment, its plan and every block.' },
  ],
  exits: ['done', 'failure', 'unknown'],
  json: {
    kind: 'run, experiment or advice',
    'run?': 'the run as it is stored',
    'nodes?': 'of a run: its table of nodes (ns); null without a trace',
    'cycles?': 'of a run: its cycles, iteration by iteration; empty without a trace',
    'experiment?': 'the experiment as it is stored',
    'ranking?': 'of an experiment: variants, fastest first',
    'advice?': 'the recommendation: id, workflow, file, createdAt, recommendation',
  },
  async run(context, { id }) {
    const json = showSubject(context, id)
    return { exit: 'done', json }
  },
})

function showSubject(context: CommandContext, id: string): CommandResult['json'] {
  const { engine, kind } = openSubject(context, id)
  switch (kind) {
    case 'experiment': {
      const experiment = findExperiment(engine, id)
      context.print(...experimentPage(experiment, context))
      return { kind, experiment, ranking: rankingOf(experiment) }
    }
    case 'advice': {
      const advice = findAdvice(engine, id)
      context.print(...adviceLines(advice, context.colours))
      return { kind, advice }
    }
    case 'run': {
      const run = findRun(engine, id)
      const analysis = analyseRun(run, traceOf(engine, run.id))
      context.print(...runLines(analysis, engine.workspace, context))
      return { kind, run, nodes: analysis.nodes, cycles: analysis.cycles }
    }
  }
}
