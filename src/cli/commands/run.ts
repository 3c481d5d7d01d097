import { checkBudget, readBudgets, runOnce, traceOf } from '../../engine/index.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { samplesOption } from '../measuring-options.ts'
import {
  choice,
  paramsOf,
  parsed,
  parseKnobSetting,
  parseParam,
  parseTime,
  parseWhole,
  patchOf,
  repeated,
  required,
  text,
} from '../values.ts'
import { budgetLines } from '../views/budget-view.ts'
import { analyseRun, runLines } from '../views/run-page.ts'

export const run = defineCommand({
  name: 'run',
  summary: 'Run a workflow once and show where the time went',
  arguments: { workflow: required('workflow', 'its file, or its name') },
  options: {
    variant: text('--variant <name>', 'a variant that the workflow names (default: baseline)'),
    set: repeated('--set <node.knob=value>', 'turn a knob, on top of the variant; may be repeated', parseKnobSetting),
    param: repeated('--param <name=value>', 'set a param: JSON, else text; may be repeated', parseParam),
    samples: samplesOption,
    capture: choice('--capture <level>', 'what to record (default: standard)', ['off', 'standard']),
    timeout: parsed('--timeout <duration>', 'end the run after this time, such as 30s', parseTime),
    seed: parsed('--seed <number>', 'seed of the random numbers that tasks get', parseWhole(0)),
  },
  examples: [
    { line: 'strobe run orders.workflow.ts', does: 'Runs it and shows its nodes, phases and cycles.' },
    {
      line: 'strobe run orders --set quotes.concurrency=16 --param limit=200 --samples',
      does: 'The same with a knob turned, another param and CPU samples.',
    },
  ],
  exits: ['done', 'failure', 'unknown', 'busy', 'cancelled'],
  json: {
    run: 'the run as it is stored: id, workflow, variant, reason, value (ns), phases (ns), error, result, cycles, environment, …',
    nodes: 'table of nodes: rows with path, executions, self, wait, critical (ns); null without a trace',
    cycles: 'per cycle: reason, iterations, metric, duration, cpu, heap, gc; empty without a trace',
    budgets: 'what it is held to: target, limit, actual, held; empty without a budget',
  },
  async run(context, options) {
    const { workflow, variant, capture, samples, timeout, seed } = options
    const engine = context.open(context.workspace(workflow))
    // Before anything is measured: a file of budgets that cannot be read is better known now.
    const known = readBudgets(engine.workspace)
    const record = await runOnce(
      engine,
      {
        file: workflow,
        ...(variant === undefined ? {} : { variant }),
        ...(options.set ? { patch: patchOf(options.set) } : {}),
        ...(options.param ? { params: paramsOf(options.param) } : {}),
        capture: { level: capture ?? 'standard', ...(samples === undefined ? {} : { sampleInterval: samples }) },
        ...(seed === undefined ? {} : { seed }),
        ...(timeout === undefined ? {} : { limits: { timeout } }),
      },
      context.progress,
    )
    const analysis = analyseRun(record, traceOf(engine, record.id))
    const budgets = checkBudget(known[record.workflow] ?? {}, record)
    context.print(...runLines(analysis, engine.workspace, context))
    if (budgets.length > 0) context.print('', ...budgetLines(budgets, context.colours))
    if (record.reason === 'cancelled') context.print('', keptText(context, record.id))
    const { nodes, cycles } = analysis
    return { exit: exitAfter(record.reason), json: { run: record, nodes, cycles, budgets } }
  },
})

function exitAfter(reason: string): CommandResult['exit'] {
  if (reason === 'finished') return 'done'
  return reason === 'cancelled' ? 'cancelled' : 'failure'
}

function keptText({ command }: CommandContext, id: string): string {
  return `What it measured until then is kept: ${command(`show ${id}`)}`
}
