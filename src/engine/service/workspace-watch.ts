import type { Changed } from '../../protocol/index.ts'
import { workflowFiles } from '../workflows.ts'
import type { Jobs } from './jobs.ts'
import type { ServiceEvents } from './service-events.ts'
import type { Workspaces } from './workspaces.ts'

/** Looking through a workspace's folders takes at most this share of the time. */
const largestShare = 0.02

interface Seen {
  readonly path: string
  readonly version: number
  readonly files: string
}

/**
 * Tells what others change in the open workspace: another process that measures there, and files of workflows that come and
 * go. Looks every `pace` milliseconds, and not while a job measures.
 */
export function watchWorkspace(
  {
    workspaces,
    jobs,
    events,
  }: { readonly workspaces: Workspaces; readonly jobs: Jobs; readonly events: ServiceEvents },
  pace = 2000,
): () => void {
  let seen: Seen | undefined
  let filesAt = 0
  const look = () => {
    const engine = !jobs.active && workspaces.hasEngine ? workspaces.engine() : undefined
    if (!engine) return
    const last = seen?.path === engine.workspace ? seen : undefined
    const begin = performance.now()
    const isDue = !last || begin >= filesAt
    const files = isDue ? workflowFiles(engine.workspace).join('\n') : last.files
    if (isDue) filesAt = begin + (performance.now() - begin) / largestShare
    seen = { path: engine.workspace, version: engine.store.foreignVersion(), files }
    if (!last) return
    const changed: Changed[] = []
    if (last.version !== seen.version) changed.push('runs', 'experiments', 'advice')
    if (last.version !== seen.version || last.files !== files) changed.push('workflows')
    if (changed.length > 0) events.publish('changed', changed)
  }
  const timer = setInterval(() => {
    try {
      look()
    } catch {
      // A database that fails says so to whoever asks for something.
    }
  }, pace)
  timer.unref()
  return () => clearInterval(timer)
}
