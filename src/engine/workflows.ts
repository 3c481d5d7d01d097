import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { errorFrom, type Progress, StrobeError } from '../base/index.ts'
import type { WorkflowDescription } from '../workflow/index.ts'
import type { CheckResult, WorkflowFile } from './api.ts'
import type { Engine } from './engine.ts'
import { runLimits } from './limits.ts'

const ending = '.workflow.ts'

/** The workflow files of the workspace, by name of file. User code is not imported: names come from earlier runs. */
export function listWorkflows(engine: Engine): WorkflowFile[] {
  const { runs } = engine.store
  const latest = new Map(runs.latestPerFile().map((run) => [run.file, run]))
  return workflowFiles(engine.workspace).map((file) => {
    const last = latest.get(file)
    const description = last && (last.description ?? runs.latestDescribed(file)?.description)
    return { file, ...(last ? { name: last.workflow } : {}), ...(description ? { description } : {}) }
  })
}

/** More folders than this are not looked through: whoever opens a whole disk by mistake gets an answer in a second or two. */
const mostFolders = 50_000

/** Paths of the workflow files of a folder, relative to it; also where nothing was ever measured. Links are not followed. */
export function workflowFiles(workspace: string): string[] {
  const found: string[] = []
  // The nearest first: the list grows behind the loop.
  const folders = ['']
  for (const folder of folders) {
    for (const entry of entriesOf(join(workspace, folder))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules'
        if (!isHidden && folders.length < mostFolders) folders.push(path)
      } else if (entry.name.endsWith(ending)) found.push(path)
    }
  }
  return found.sort()
}

/** What is in a folder; nothing where it cannot be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/**
 * The absolute path of a workflow that the user named: by its file, by the file's name without `.workflow.ts`, or by the
 * name that it had in an earlier run. Throws `engine.unknown-workflow`.
 */
export function findWorkflow(engine: Engine, named: string): string {
  const direct = isAbsolute(named) ? named : resolve(engine.workspace, named)
  for (const path of [direct, resolve(named)]) if (existsSync(path) && statSync(path).isFile()) return path
  const files = listWorkflows(engine)
  const matches = files.filter(({ file, name }) => name === named || file === named || baseOf(file) === named)
  if (matches.length === 1) return join(engine.workspace, matches[0]!.file)
  const known = files.map(({ file, name }) => name ?? baseOf(file))
  const choice =
    matches.length > 1 ? `Several files are called that: ${matches.map(({ file }) => file).join(', ')}.` : ''
  const there = known.length > 0 ? `There are: ${known.join(', ')}.` : `There is no *${ending} in ${engine.workspace}.`
  throw new StrobeError('engine.unknown-workflow', `No workflow "${named}". ${choice || there}`, {
    data: { named, known },
  })
}

/** How a workflow's file is named in records: relative to the workspace. */
export function shownFile(engine: Engine, file: string): string {
  return relative(engine.workspace, file) || file
}

/** Loads a workflow's module in a runner and says what is in it and what is wrong with it. */
export async function checkFile(engine: Engine, named: string, progress: Progress): Promise<CheckResult> {
  const file = findWorkflow(engine, named)
  const limits = { ...runLimits(), timeout: 30_000 }
  const check = await engine.runner.check({ workspace: engine.workspace, file }, limits, progress)
  return { ...check, file: shownFile(engine, file) }
}

/** What an execution needs to know of a workflow's file first. Throws its first error, with the code and place of the check. */
export async function describeFile(
  engine: Engine,
  file: string,
  progress: Progress,
): Promise<{ description: WorkflowDescription; source: string }> {
  const limits = { ...runLimits(), timeout: 30_000 }
  const check = await engine.runner.check({ workspace: engine.workspace, file }, limits, progress)
  const error = check.diagnostics.find(({ severity }) => severity === 'error')
  if (error || !check.description) {
    const { code, message, mend, place } = error ?? check.diagnostics[0]!
    throw errorFrom({ code, message: mend ? `${message} ${mend}` : message, ...(place ? { data: { place } } : {}) })
  }
  return { description: check.description, source: check.source ?? '' }
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf(sep) + 1, -ending.length)
}
