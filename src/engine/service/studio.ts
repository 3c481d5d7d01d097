import type { Clock, RandomSource } from '../../base/index.ts'
import type { StudioHandlers, StudioService } from '../../protocol/index.ts'
import type { Spawner } from '../../runtime/index.ts'
import { Blobs } from './blobs.ts'
import { Checks } from './checks.ts'
import { type StudioParts, studioHandlers } from './handlers.ts'
import { Jobs } from './jobs.ts'
import { ServiceEvents } from './service-events.ts'
import { watchWorkspace } from './workspace-watch.ts'
import { isDamage, Workspaces } from './workspaces.ts'

export interface StudioOptions {
  /** Absolute path of the studio's own folder: recent workspaces, trust, the copy of the samples. Made where there is none. */
  readonly dataDirectory: string
  /** Workspace to open at once: its path, or the studio's own copy of the samples. */
  readonly workspace?: string | { readonly samples: true }
  /** Whether that workspace's code may run as long as this studio lives, because whoever started the studio named it and said so. */
  readonly trustWorkspace?: boolean
  /** How runner processes are started; default: with Node itself. */
  readonly spawn?: Spawner
  readonly clock?: Clock
  readonly random?: RandomSource
}

/**
 * The engine behind the contract: what a shell serves. One workspace is open at a time; jobs go on whoever listens. Throws
 * `studio.no-folder` where the workspace that was named is none.
 */
export function openStudio(options: StudioOptions): StudioService {
  const { dataDirectory, spawn, workspace, clock = Date.now, random = Math.random } = options
  const events = new ServiceEvents()
  const workspaces = new Workspaces({ dataDirectory, clock, random, ...(spawn ? { spawn } : {}) })
  const studio: StudioParts = {
    ...{ events, workspaces, jobs: new Jobs(events, clock), checks: new Checks(spawn), blobs: new Blobs() },
  }
  if (typeof workspace === 'string') workspaces.open(workspace)
  else if (workspace) workspaces.openSamples()
  if (options.trustWorkspace) workspaces.trustForNow()
  const stopWatching = watchWorkspace(studio)
  return {
    handlers: seeingDamage(studio, studioHandlers(studio)),
    on: (name, listener) => events.on(name, listener),
    blob: async (id) => studio.blobs.get(id, workspaces.hasEngine ? workspaces.engine() : undefined),
    close: async () => {
      stopWatching()
      await studio.jobs.end()
      await studio.checks.close()
      workspaces.close()
    },
  }
}

/** A database that turns out to be damaged in the middle of something is told to everybody, not only to who asked. */
function seeingDamage({ workspaces, events }: StudioParts, handlers: StudioHandlers): StudioHandlers {
  const watched = Object.entries(handlers).map(([name, handler]) => {
    const act = handler as (params: unknown, context: unknown) => unknown
    const watch = async (params: unknown, context: unknown) => {
      try {
        return await act(params, context)
      } catch (thrown) {
        if (isDamage(thrown) && workspaces.hasEngine) {
          workspaces.giveUp(thrown.message)
          events.publish('studio', workspaces.state())
        }
        throw thrown
      }
    }
    return [name, watch]
  })
  return Object.fromEntries(watched) as StudioHandlers
}
