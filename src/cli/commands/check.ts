import { resolve } from 'node:path'
import { type Diagnostic, formatDiagnostic, throwIfCancelled } from '../../base/index.ts'
import { checkFile } from '../../engine/index.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { several } from '../values.ts'

export const check = defineCommand({
  name: 'check',
  summary: 'Load workflows without running a task, and say what is wrong with them and where',
  arguments: { files: several('file', 'a workflow: its file, or its name', 1) },
  examples: [
    { line: 'strobe check orders.workflow.ts', does: 'Names each mistake with its place and how to mend it.' },
  ],
  exits: ['done', 'failure', 'unknown', 'cancelled'],
  json: {
    files: 'per workflow: file, ok, runs, diagnostics (severity, code, message, place, mend), description',
    ok: 'whether none has an error',
    runs: 'whether this version can run them all: what is right may still use what is not executed yet',
  },
  async run(context, { files }) {
    const workspace = context.workspace(files[0])
    const engine = context.open(workspace)
    const results = []
    for (const [done, file] of files.entries()) {
      throwIfCancelled(context.progress)
      context.progress.update({ message: `checking ${file}`, done, total: files.length })
      const result = await checkFile(engine, file, context.progress)
      const ok = !result.diagnostics.some(({ severity }) => severity === 'error')
      // What "run" refuses is no success, however right it is written.
      const runs = ok && !result.diagnostics.some(({ code }) => code === 'workflow.not-executed')
      results.push({ ...result, ok, runs })
      const notes = result.diagnostics.map((diagnostic) => diagnosticLine(context, workspace, diagnostic))
      const but = runs ? '' : ', but this version cannot run it'
      const name = context.shown(resolve(workspace, result.file))
      context.print(...notes, ...(ok ? [`${name} is right${but}${nodesText(result.description?.nodes.length)}`] : []))
    }
    const ok = results.every((result) => result.ok)
    const runs = results.every((result) => result.runs)
    return { exit: runs ? 'done' : 'failure', json: { files: results, ok, runs } }
  },
})

function diagnosticLine({ shown }: CommandContext, workspace: string, diagnostic: Diagnostic): string {
  const { place } = diagnostic
  if (!place) return formatDiagnostic(diagnostic)
  return formatDiagnostic({ ...diagnostic, place: { ...place, file: shown(resolve(workspace, place.file)) } })
}

function nodesText(count: number | undefined): string {
  return count === undefined ? '' : `: ${count} ${count === 1 ? 'node' : 'nodes'} at its top level`
}
