import { historyOf, type WorkflowHistory, workflowsWithHistory } from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { optional, parsed, parseWhole, text } from '../values.ts'
import { historyTitle, seriesLines } from '../views/history-view.ts'

export const history = defineCommand({
  name: 'history',
  summary: 'Show how a workflow went over time and commits, and where it changed',
  arguments: { workflow: optional('workflow', 'its name, or its file (default: every workflow that was measured)') },
  options: {
    variant: text('--variant <name>', 'the variant to look at (default: baseline)'),
    reference: text(
      '--reference <name>',
      'divide by a variant of the same experiments, or by another workflow measured within the hour',
    ),
    limit: parsed('--limit <number>', 'only so many points of each series, the latest', parseWhole(1)),
  },
  examples: [
    { line: 'strobe history orders', does: 'Its experiments over time, and since which commit it is slower.' },
    {
      line: 'strobe history orders --variant overlapped --reference baseline',
      does: 'How much faster a variant was each time: what slows down both is no change.',
    },
  ],
  exits: ['done', 'failure', 'unknown'],
  json: {
    histories:
      'one per workflow: workflow, variant, reference, variants, series. A series has conditions, unit (nanoseconds or ratio), rope, points, findings (used, missing, steps, trend, possible, indicative) and sentences; steps, trend and possible point into points',
  },
  async run(context, { workflow, variant, reference, limit }) {
    const histories = gather(context, workflow, {
      ...(variant === undefined ? {} : { variant }),
      ...(reference === undefined ? {} : { reference }),
      ...(limit === undefined ? {} : { limit }),
    })
    for (const found of histories) printHistory(context, found)
    if (histories.length === 0) context.print('No data: nothing was measured here yet.')
    return { exit: 'done', json: { histories } }
  },
})

function gather(
  context: CommandContext,
  workflow: string | undefined,
  options: { readonly variant?: string; readonly reference?: string; readonly limit?: number },
): WorkflowHistory[] {
  const engine = context.read(context.workspace(workflow))
  if (!engine) return []
  const names = workflow === undefined ? workflowsWithHistory(engine) : [workflow]
  return names.map((name) => historyOf(engine, { workflow: name, ...options }))
}

function printHistory({ heading, print, colours, command }: CommandContext, found: WorkflowHistory): void {
  const { workflow, variant, variants, series } = found
  heading(historyTitle(found))
  if (series.length === 0) {
    const others = variants.filter((name) => name !== variant)
    const hint =
      others.length > 0
        ? `There is some of: ${others.join(', ')} (--variant).`
        : `${command(`compare ${workflow}`)} makes some.`
    print(`No data. ${hint}`)
  }
  for (const [place, one] of series.entries()) print(...(place > 0 ? [''] : []), ...seriesLines(one, colours))
}
