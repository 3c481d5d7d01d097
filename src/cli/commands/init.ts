import { resolve } from 'node:path'
import { initWorkspace } from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import { optional } from '../values.ts'

export const init = defineCommand({
  name: 'init',
  summary: 'Make a folder a workspace: settings for the editor, a first workflow, an ignore file',
  arguments: { folder: optional('dir', 'the folder; made where it is not there (default: the current one)') },
  examples: [
    { line: 'strobe init pipelines', does: 'Makes the folder pipelines with a workflow to run and to change.' },
  ],
  exits: ['done', 'failure'],
  json: {
    workspace: 'absolute path of the workspace',
    created: 'files that were made, relative to it',
    kept: 'files that were there and were left as they are',
    'typePaths?': 'what to add to "paths" of a tsconfig.json that was kept and does not know the types',
  },
  async run(context, { folder }) {
    const workspace = resolve(context.cwd, folder ?? context.global.workspace ?? '.')
    const { created, kept, typePaths } = initWorkspace(workspace)
    for (const file of created) context.print(`made  ${file}`)
    for (const file of kept) context.print(`kept  ${file}`)
    if (typePaths) {
      const lines = Object.entries(typePaths).map(
        ([name, paths]) => `  ${JSON.stringify(name)}: ${JSON.stringify(paths)},`,
      )
      context.print('', 'For the types in the editor, add to "paths" of "compilerOptions" in tsconfig.json:', ...lines)
    }
    const first = [...created, ...kept].find((file) => file.endsWith('.workflow.ts'))
    if (first) context.print('', `Try it: ${context.command(`run ${context.shown(resolve(workspace, first))}`)}`)
    return { exit: 'done', json: { workspace, created, kept, ...(typePaths ? { typePaths } : {}) } }
  },
})
