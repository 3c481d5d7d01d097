import { z } from 'zod'
import { method } from '../method.ts'

/** A folder that was opened in the studio. */
export interface RecentWorkspace {
  /** Absolute path. */
  readonly path: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
}

/** The workspace that is open. */
export interface OpenWorkspace {
  /** Absolute path. */
  readonly path: string
  readonly name: string
  /** Whether its owner said that its code may run. Until then it can be looked at, and nothing of it is executed. */
  readonly trusted: boolean
  /** Whether it is the studio's own copy of the samples. */
  readonly samples: boolean
  /** Why nothing of it can be shown (its database is damaged, or of a newer version), as a sentence; absent where all is well. */
  readonly problem?: string
}

/** What the studio is and what is open in it. */
export interface StudioState {
  /** Strobe's version. */
  readonly version: string
  readonly workspace: OpenWorkspace | null
  /** Latest first; folders that are gone are left out. */
  readonly recent: readonly RecentWorkspace[]
}

/** A folder's subfolders, to choose one from. */
export interface FolderListing {
  readonly path: string
  /** Absent at the top. */
  readonly parent?: string
  readonly folders: ReadonlyArray<{ readonly name: string; readonly path: string; readonly isWorkspace: boolean }>
}

const folder = z.object({ path: z.string().min(1).max(4096) })

export const studioMethods = {
  'studio.state': method<StudioState>()(z.object({})),
  /** Without a path: the home folder. */
  'folders.list': method<FolderListing>()(folder.partial()),
  'workspace.open': method<StudioState>()(folder),
  /** Opens the studio's own copy of the samples, made where there is none. It is trusted: Strobe wrote it. */
  'workspace.openSamples': method<StudioState>()(z.object({})),
  /** Says that the open workspace's code may run, or may not any more. */
  'workspace.trust': method<StudioState>()(z.object({ trusted: z.boolean() })),
  /** Takes a folder off the list of recent ones. */
  'workspace.forget': method<StudioState>()(folder),
}
