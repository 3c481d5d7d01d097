import { resolve } from 'node:path'

/** Where the runtime leaves the absolute path of the workspace folder. */
const workspaceSymbol = Symbol.for('strobe.workspace')

/** A path as a workflow writes it, made absolute: against the workspace's folder where a runtime says which that is, else against the current one. */
export function resolveInWorkspace(path: string): string {
  const workspace: unknown = Reflect.get(globalThis, workspaceSymbol)
  return typeof workspace === 'string' ? resolve(workspace, path) : resolve(path)
}
