import { InvalidArgumentError } from 'commander'
import { StrobeError } from '../../base/index.ts'
import {
  type Budget,
  type BudgetTarget,
  checkBudget,
  listRuns,
  listWorkflows,
  parseBudgetValue,
  readBudgets,
  workflowFiles,
  writeBudget,
} from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { flag, optional, parsed } from '../values.ts'
import { budgetLines, budgetTable } from '../views/budget-view.ts'

const time = (target: BudgetTarget, what: string) =>
  parsed(`--${target} <duration>`, `${what} at most, such as 200ms`, (typed) => parseTarget(target, typed))

export const budget = defineCommand({
  name: 'budget',
  summary: 'Show or set what the runs of a workflow may take at most',
  arguments: { workflow: optional('workflow', 'its name, or its file (default: all that have a budget)') },
  options: {
    wall: time('wall', 'wall time'),
    cpu: time('cpu', 'CPU time'),
    gc: time('gc', 'time in garbage collections'),
    heap: parsed('--heap <size>', 'heap at most, such as 64MiB', (typed) => parseTarget('peakHeap', typed)),
    clear: flag('--clear', 'take its budget away'),
  },
  examples: [
    { line: 'strobe budget orders --wall 200ms', does: 'Holds its runs to 200 ms from now on.' },
    { line: 'strobe budget', does: 'Shows all budgets, and whether the latest runs held them.' },
  ],
  exits: ['done', 'failure', 'unknown'],
  json: {
    workspace: 'absolute path of the workspace',
    budgets: 'by name of the workflow: wall, cpu, gc (ns), peakHeap (bytes)',
    latest: 'by name of the workflow: its latest run and its checks: target, limit, actual, held',
  },
  async run(context, { workflow, wall, cpu, gc, heap, clear }) {
    const workspace = context.workspace(workflow)
    const name = workflow === undefined ? undefined : nameOf(context, workspace, workflow)
    const targets = { wall, cpu, gc, peakHeap: heap }
    const given = Object.fromEntries(Object.entries(targets).filter(([, value]) => value !== undefined)) as Budget
    const sets = clear || Object.keys(given).length > 0
    if (sets && name === undefined) {
      throw new StrobeError('cli.budget-of-what', 'Name the workflow that the budget is for: strobe budget orders …')
    }
    if (sets) writeBudget(workspace, name!, { ...(clear ? {} : readBudgets(workspace)[name!]), ...given })
    const all = Object.entries(readBudgets(workspace))
    const budgets = Object.fromEntries(name === undefined ? all : all.filter(([known]) => known === name))
    const latest = latestOf(context, workspace, budgets)
    print(context, budgets, latest)
    return { exit: 'done', json: { workspace, budgets, latest } }
  },
})

type Latest = Readonly<Record<string, { readonly run: string; readonly checks: ReturnType<typeof checkBudget> }>>

function latestOf(context: CommandContext, workspace: string, budgets: Readonly<Record<string, Budget>>): Latest {
  const engine = context.read(workspace)
  if (!engine) return {}
  return Object.fromEntries(
    Object.entries(budgets).flatMap(([name, held]) => {
      const [run] = listRuns(engine, { workflow: name, limit: 1 })
      return run ? [[name, { run: run.id, checks: checkBudget(held, run) }]] : []
    }),
  )
}

function print(context: CommandContext, budgets: Readonly<Record<string, Budget>>, latest: Latest): void {
  const { colours } = context
  const table = budgetTable(budgets, colours)
  if (table.length === 0) context.print(`No budgets. ${context.command('budget <workflow> --wall 200ms')} sets one.`)
  context.print(...table)
  for (const [name, { run, checks }] of Object.entries(latest)) {
    context.heading(`${name}, ${run}`)
    context.print(...budgetLines(checks, colours))
  }
}

/** The name that a workflow's runs have: what budgets are kept under. A file's name is known once it has run. */
function nameOf(context: CommandContext, workspace: string, typed: string): string {
  const engine = context.read(workspace)
  const known = engine ? listWorkflows(engine) : workflowFiles(workspace).map((file) => ({ file, name: undefined }))
  const found = known.find(({ file, name }) => name === typed || file === typed || file.endsWith(`/${typed}`))
  if (found?.name !== undefined) return found.name
  const isFile = typed.endsWith('.workflow.ts')
  if (!isFile && Object.hasOwn(readBudgets(workspace), typed)) return typed
  if (engine && listRuns(engine, { workflow: typed, limit: 1 }).length > 0) return typed
  const mend = isFile
    ? `Its name is known once it has run: ${context.command(`run ${typed}`, workspace)}.`
    : `${context.command('list workflows', workspace)} shows what there is.`
  throw new StrobeError('engine.unknown-workflow', `No workflow "${typed}" has run here. ${mend}`, {
    data: { named: typed },
  })
}

function parseTarget(target: BudgetTarget, typed: string): number {
  const value = parseBudgetValue(target, typed)
  if (value !== undefined) return value
  const example =
    target === 'peakHeap' ? 'a size with its unit, such as 64MiB' : 'a duration with its unit, such as 200ms'
  throw new InvalidArgumentError(`Write ${example}.`)
}
