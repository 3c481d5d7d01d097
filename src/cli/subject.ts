import { StrobeError } from '../base/index.ts'
import type { Engine } from '../engine/index.ts'
import type { CommandContext } from './context.ts'

/** What an id names: the first letter of an id says it. */
export type SubjectKind = 'run' | 'experiment' | 'advice'

const kindsOfIds: Readonly<Record<string, SubjectKind>> = { r: 'run', x: 'experiment', a: 'advice' }

/** What an id, or the beginning of one, names. Throws `engine.unknown-id`. */
export function kindOf(id: string): SubjectKind {
  const kind = kindsOfIds[id.charAt(0)]
  if (kind) return kind
  const message = `"${id}" is no id: those of runs begin with r, of experiments with x, of recommendations with a.`
  throw new StrobeError('engine.unknown-id', `${message} "strobe list" shows what there is.`, { data: { id } })
}

/** Opens the workspace for reading what an id names. Throws `engine.unknown-id`. */
export function openSubject(context: CommandContext, id: string): { engine: Engine; kind: SubjectKind } {
  const kind = kindOf(id)
  return { engine: openForReading(context, id), kind }
}

/** Opens the workspace for reading. Throws `engine.unknown-id` where nothing was ever measured in it. */
export function openForReading(context: CommandContext, id: string): Engine {
  const workspace = context.workspace()
  const engine = context.read(workspace)
  if (engine) return engine
  const message = `Nothing was ever measured in ${workspace}, so that there is no "${id}". Name the right folder with --workspace.`
  throw new StrobeError('engine.unknown-id', message, { data: { id, workspace } })
}
