import type { Session } from 'node:inspector'
import type { NodeModel } from '../../workflow/index.ts'

/** The extent of a node's function in the running code; lines and columns from 0, as V8 counts them. */
export interface FunctionExtent {
  readonly path: string
  readonly scriptId: string
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

/** All functions of a workflow with the path of the node they belong to. */
export function functionsOf(nodes: readonly NodeModel[]): Array<{ path: string; body: unknown }> {
  return nodes.flatMap((node) => {
    if (node.kind === 'task' || node.kind === 'map') return [{ path: node.path, body: node.run }]
    if (node.kind === 'switch') return [{ path: node.path, body: node.pick }]
    if (node.kind !== 'cycle') return []
    const own = [node.start, node.next, node.until, node.metric?.of].filter((body) => body !== undefined)
    return [...own.map((body) => ({ path: node.path, body })), ...functionsOf(node.nodes)]
  })
}

const handOver = Symbol.for('strobe.functions')

/**
 * Asks V8 where functions lie. Nothing is parsed: the inspector tells where a function begins, and its text how many
 * lines it has. Functions that are not written in JavaScript, bound ones for example, are left out.
 */
export function locateFunctions(
  session: Session,
  functions: ReadonlyArray<{ path: string; body: unknown }>,
): FunctionExtent[] {
  const place = globalThis as unknown as Record<symbol, unknown>
  place[handOver] = functions.map(({ body }) => body)
  try {
    const list = ask<{ result: { objectId: string } }>(session, 'Runtime.evaluate', {
      expression: 'globalThis[Symbol.for("strobe.functions")]',
    })
    const elements = ask<{ result: Array<{ name: string; value?: { objectId?: string } }> }>(
      session,
      'Runtime.getProperties',
      {
        objectId: list.result.objectId,
        ownProperties: true,
      },
    )
    return elements.result.flatMap(({ name, value }) => {
      const owner = functions[Number(name)]
      const extent = owner && value?.objectId ? extentOf(session, value.objectId, owner) : undefined
      return extent ? [extent] : []
    })
  } finally {
    delete place[handOver]
  }
}

function extentOf(
  session: Session,
  objectId: string,
  owner: { path: string; body: unknown },
): FunctionExtent | undefined {
  const { internalProperties } = ask<{
    internalProperties?: Array<{
      name: string
      value?: { value?: { scriptId: string; lineNumber: number; columnNumber: number } }
    }>
  }>(session, 'Runtime.getProperties', { objectId, ownProperties: true })
  const location = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value
  if (!location) return undefined
  const lines = String(owner.body).split('\n')
  const lastLength = lines.at(-1)!.length
  return {
    path: owner.path,
    scriptId: location.scriptId,
    startLine: location.lineNumber,
    startColumn: location.columnNumber,
    endLine: location.lineNumber + lines.length - 1,
    endColumn: lines.length === 1 ? location.columnNumber + lastLength : lastLength,
  }
}

/** Calls the inspector of this very thread, which answers before it returns. */
function ask<Answer>(session: Session, method: string, parameters: object): Answer {
  let answer: Answer | undefined
  let failure: Error | null = null
  session.post(method, parameters, (error: Error | null, result?: object) => {
    failure = error
    answer = result as Answer
  })
  if (failure) throw failure
  return answer as Answer
}
