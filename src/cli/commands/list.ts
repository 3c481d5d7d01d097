import { listAdvice, listExperiments, listRuns, listWorkflows, workflowFiles } from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import { optional, parsed, parseWhole, text } from '../values.ts'
import { adviceTable, experimentTable, runTable, workflowTable } from '../views/list-view.ts'

const kinds = ['workflows', 'runs', 'experiments', 'advice'] as const
type Kind = (typeof kinds)[number]

/** Of each kind, where all are listed and where one is. */
const fewRows = 5
const manyRows = 50

export const list = defineCommand({
  name: 'list',
  summary: 'List what there is: workflows, runs, experiments, recommendations',
  arguments: { kind: optional('kind', 'what to list (default: the latest of everything)', kinds) },
  options: {
    workflow: text('--workflow <name>', 'only of this workflow'),
    limit: parsed(
      '--limit <number>',
      `at most so many of each (default: ${fewRows}, or ${manyRows} of one kind)`,
      parseWhole(1),
    ),
  },
  examples: [{ line: 'strobe list runs --workflow orders', does: 'Lists its runs, the latest first.' }],
  exits: ['done', 'failure'],
  json: {
    workspace: 'absolute path of the workspace',
    'workflows?': 'where they are listed: file, name, description',
    'runs?': 'where they are listed: runs as they are stored, latest first',
    'experiments?': 'where they are listed: experiments as they are stored, latest first',
    'advice?': 'where they are listed: recommendations, latest first',
  },
  async run(context, { kind, workflow, limit }) {
    const workspace = context.workspace()
    const engine = context.read(workspace)
    const filter = { ...(workflow === undefined ? {} : { workflow }), limit: limit ?? (kind ? manyRows : fewRows) }
    const json: Record<string, unknown> = { workspace }
    const show = <Row>(shown: Kind, rows: readonly Row[], table: (rows: readonly Row[]) => string[], none: string) => {
      if (kind !== undefined && kind !== shown) return
      json[shown] = rows
      const lines = table(rows)
      context.heading(shown)
      context.print(...(lines.length > 0 ? lines : [none]))
    }
    const { colours } = context
    const files = engine ? listWorkflows(engine) : workflowFiles(workspace).map((file) => ({ file }))
    const named = files.filter((file) => workflow === undefined || ('name' in file && file.name === workflow))
    show('workflows', named, (rows) => workflowTable(rows, colours), 'None here. "strobe init" makes the first one.')
    const runs = engine ? listRuns(engine, filter) : []
    show('runs', runs, (rows) => runTable(rows, colours), 'None yet. "strobe run <workflow>" makes one.')
    const experiments = engine ? listExperiments(engine, filter) : []
    show(
      'experiments',
      experiments,
      (rows) => experimentTable(rows, colours),
      'None yet. "strobe compare <workflow>" makes one.',
    )
    const advice = engine ? listAdvice(engine, filter) : []
    show('advice', advice, (rows) => adviceTable(rows, colours), 'None yet. "strobe advise" looks for some.')
    return { exit: 'done', json }
  },
})
