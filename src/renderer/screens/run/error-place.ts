import type { ErrorRecord } from '../../../base/index.ts'

/** A line of a file of the workspace; the file relative to it. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
}

/**
 * Where an error of user code was thrown: the place that it names, or the first frame of a file of the workspace, looked for in the
 * innermost cause first, because that is what the user's code threw. `workspace` is an absolute path.
 */
export function placeOfError(error: ErrorRecord, workspace: string): SourcePlace | null {
  const inner = error.cause ? placeOfError(error.cause, workspace) : null
  if (inner) return inner
  const named = error.data?.place as { file?: unknown; line?: unknown } | undefined
  if (typeof named?.file === 'string' && typeof named.line === 'number') {
    return { file: relative(named.file, workspace) ?? named.file, line: named.line }
  }
  for (const line of error.stack?.split('\n') ?? []) {
    const match = /(?:\(|\bat )((?:file:\/\/)?\/?[^()]*?):(\d+):\d+\)?$/.exec(line.trim())
    const file = match?.[1] === undefined ? null : relative(pathOf(match[1]), workspace)
    if (file !== null && !file.split('/').includes('node_modules')) return { file, line: Number(match![2]) }
  }
  return null
}

function pathOf(address: string): string {
  if (!address.startsWith('file://')) return address
  try {
    const path = decodeURIComponent(new URL(address).pathname)
    // On Windows: /C:/folder/file.ts
    return path.replace(/^\/(?=[A-Za-z]:\/)/, '')
  } catch {
    return address
  }
}

function relative(path: string, workspace: string): string | null {
  const [whole, root] = [path.replaceAll('\\', '/'), workspace.replaceAll('\\', '/').replace(/\/$/, '')]
  return whole.startsWith(`${root}/`) ? whole.slice(root.length + 1) : null
}

/** Messages of an error and of what caused it, outermost first; a cause that says the same again is left out. */
export function messagesOf(error: ErrorRecord): string[] {
  const messages: string[] = []
  for (let current: ErrorRecord | undefined = error; current; current = current.cause) {
    if (!messages.some((message) => message.includes(current!.message))) messages.push(current.message)
  }
  return messages
}
