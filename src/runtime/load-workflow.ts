import { pathToFileURL } from 'node:url'
import { type Diagnostic, type Place, StrobeError } from '../base/index.ts'
import { checkWorkflow, type WorkflowModel, workflowOf } from '../workflow/index.ts'
import { findSyntaxError } from './find-syntax-error.ts'
import type { LoadedFiles } from './module-hooks.ts'

/** A workflow as it was found in its file. */
export interface LoadedWorkflow {
  readonly model?: WorkflowModel
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Imports a workflow's module into this thread and checks it. What is wrong with the file comes back as diagnostics; the
 * module hooks must be installed.
 */
export async function loadWorkflow(file: string, files: LoadedFiles): Promise<LoadedWorkflow> {
  let module: { default?: unknown }
  try {
    module = (await import(pathToFileURL(file).href)) as { default?: unknown }
  } catch (thrown) {
    return { diagnostics: [diagnosticOf(file, thrown, files)] }
  }
  const model = workflowOf(module.default)
  if (!model) {
    return {
      diagnostics: [
        {
          severity: 'error',
          code: 'workflow.not-a-workflow',
          message: `The default export is no workflow.`,
          place: { file },
          mend: `Write "export default workflow('name')…" with workflow imported from 'strobe'.`,
        },
      ],
    }
  }
  return { model, diagnostics: checkWorkflow(model) }
}

/** A diagnostic as the error of a run that could not begin because of it. */
export function errorOfDiagnostic(diagnostic: Diagnostic): StrobeError {
  const { code, message, mend, place } = diagnostic
  return new StrobeError(code, mend ? `${message} ${mend}` : message, place ? { data: { place } } : {})
}

function diagnosticOf(file: string, thrown: unknown, files: LoadedFiles): Diagnostic {
  if (thrown instanceof StrobeError) {
    const place = thrown.data.place as Place | undefined
    return { severity: 'error', code: thrown.code, message: thrown.message, place: place ?? { file } }
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (codeIn(thrown) === 'ERR_MODULE_NOT_FOUND' || codeIn(thrown) === 'MODULE_NOT_FOUND') {
    return {
      ...{ severity: 'error', code: 'workflow.missing-import', message, place: { file } },
      mend: 'Correct the path, or install the package in the folder of the workflow.',
    }
  }
  if (thrown instanceof SyntaxError && message.includes('does not provide an export')) {
    return { severity: 'error', code: 'workflow.missing-export', message, place: { file } }
  }
  const thrownAt = placeIn(thrown)
  // A syntax error with a line of the user's in its stack was thrown by code that ran: of JSON, for example.
  if (thrown instanceof SyntaxError && !thrownAt) {
    const found = findSyntaxError(files)
    if (found) return diagnosticOf(file, found, files)
    return { severity: 'error', code: 'workflow.syntax', message, place: { file } }
  }
  const place = thrownAt ?? { file }
  return {
    ...{ severity: 'error', code: 'workflow.load-failed', place },
    message: `The module threw while it was loaded: ${message}`,
  }
}

function codeIn(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null ? (thrown as { code?: unknown }).code : undefined
}

/** The first user line in the stack of an error; positions are the user's own by source maps. */
function placeIn(thrown: unknown): Place | undefined {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  for (const line of stack.split('\n')) {
    const match = /(?:\(|at )((?:file:\/\/)?\/[^()]+):(\d+):(\d+)\)?$/.exec(line.trim())
    if (match?.[1] && !match[1].includes('node:')) {
      return { file: match[1].replace('file://', ''), line: Number(match[2]), column: Number(match[3]) }
    }
  }
  return undefined
}
