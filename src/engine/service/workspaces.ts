import { existsSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type Clock, codeOf, type RandomSource, StrobeError } from '../../base/index.ts'
import type { OpenWorkspace, StudioState } from '../../protocol/index.ts'
import type { Spawner } from '../../runtime/index.ts'
import { type Engine, openEngine } from '../engine.ts'
import { strobeVersion } from '../environment.ts'
import { copySamples } from '../init-workspace.ts'
import { isFolder, RecentWorkspaces } from './recent-workspaces.ts'
import { TrustedFolders } from './trust.ts'

export interface WorkspacesOptions {
  readonly dataDirectory: string
  readonly spawn?: Spawner
  readonly clock: Clock
  readonly random: RandomSource
}

/** The workspace that is open: with its engine, or with the reason why it has none. */
interface Opened {
  /** Real path. */
  readonly path: string
  readonly engine: Engine | undefined
  readonly problem: string | undefined
}

/** The one workspace that is open, those that were, and whose code may run. */
export class Workspaces {
  readonly #options: WorkspacesOptions
  readonly #recent: RecentWorkspaces
  readonly #trust: TrustedFolders
  /** Folders that are trusted as long as this studio lives. */
  readonly #trustedForNow = new Set<string>()
  #opened: Opened | undefined

  constructor(options: WorkspacesOptions) {
    this.#options = options
    this.#recent = new RecentWorkspaces(options.dataDirectory, options.clock)
    this.#trust = new TrustedFolders(options.dataDirectory)
  }

  /** The open workspace's engine. Throws `studio.no-workspace`, `studio.workspace-problem`. */
  engine(): Engine {
    const opened = this.#opened
    if (!opened) throw new StrobeError('studio.no-workspace', 'No workspace is open. Open a folder first.')
    if (opened.engine) return opened.engine
    throw new StrobeError('studio.workspace-problem', opened.problem ?? 'This workspace cannot be opened.', {
      data: { path: opened.path },
    })
  }

  /** The engine of a workspace whose code may run. Throws `studio.untrusted`, and what {@link engine} throws. */
  engineToRun(): Engine {
    const engine = this.engine()
    if (this.#isTrusted(engine.workspace)) return engine
    throw new StrobeError(
      'studio.untrusted',
      `The code in ${engine.workspace} has not been trusted yet, so that nothing of it is run. Say that you trust this folder if you know where it comes from.`,
      { data: { path: engine.workspace } },
    )
  }

  state(): StudioState {
    return { version: strobeVersion(), workspace: this.#describe(), recent: this.#recent.list() }
  }

  get hasEngine(): boolean {
    return this.#opened?.engine !== undefined
  }

  get isSamples(): boolean {
    return this.#opened !== undefined && this.#isSamples(this.#opened.path)
  }

  /** Opens a folder in place of the one that is open; what was open is closed only when the new one is there. Throws `studio.no-folder`. */
  open(asked: string): void {
    const path = resolve(homedir(), asked)
    if (!isFolder(path)) {
      throw new StrobeError('studio.no-folder', `There is no folder ${path}. Choose another one.`, { data: { path } })
    }
    const real = realpathSync(path)
    if (this.#opened?.path !== real || !this.#opened.engine) {
      const opened = this.#tryOpen(real)
      this.close()
      this.#opened = opened
    }
    this.#recent.add(real)
  }

  /** Opens the studio's own copy of the samples, made where there is none. */
  openSamples(): void {
    const folder = this.#samplesFolder()
    if (!existsSync(folder)) {
      // Made aside, so that half a copy never counts as one.
      const next = `${folder}.new`
      rmSync(next, { recursive: true, force: true })
      copySamples(next)
      renameSync(next, folder)
    }
    this.open(folder)
  }

  forget(path: string): void {
    this.#recent.remove(path)
  }

  /** Says whether the open workspace's code may run. Throws `studio.no-workspace`. */
  trust(trusted: boolean): void {
    const path = this.#opened?.path
    if (path === undefined) throw new StrobeError('studio.no-workspace', 'No workspace is open. Open a folder first.')
    if (!trusted) this.#trustedForNow.delete(path)
    this.#trust.set(path, trusted)
  }

  /** Trusts the open workspace as long as this studio lives. */
  trustForNow(): void {
    if (this.#opened) this.#trustedForNow.add(this.#opened.path)
  }

  /** Its database turned out to be damaged: from now on it says why it shows nothing. */
  giveUp(problem: string): void {
    const { path } = this.#opened ?? {}
    if (path === undefined) return
    this.close()
    this.#opened = { path, engine: undefined, problem }
  }

  close(): void {
    this.#opened?.engine?.close()
    this.#opened = undefined
  }

  #tryOpen(path: string): Opened {
    const { spawn, clock, random } = this.#options
    try {
      const engine = openEngine({ workspace: path, clock, random, ...(spawn ? { spawn } : {}) })
      return { path, engine, problem: undefined }
    } catch (thrown) {
      if (!(thrown instanceof StrobeError)) throw thrown
      return { path, engine: undefined, problem: thrown.message }
    }
  }

  #describe(): OpenWorkspace | null {
    if (!this.#opened) return null
    const { path, problem } = this.#opened
    const samples = this.#isSamples(path)
    return {
      ...{ path, name: samples ? 'Samples' : basename(path) || path, samples, trusted: this.#isTrusted(path) },
      ...(problem === undefined ? {} : { problem }),
    }
  }

  #isTrusted(path: string): boolean {
    return this.#isSamples(path) || this.#trustedForNow.has(path) || this.#trust.isTrusted(path)
  }

  #isSamples(path: string): boolean {
    const folder = this.#samplesFolder()
    return existsSync(folder) && realpathSync(folder) === path
  }

  #samplesFolder(): string {
    return join(this.#options.dataDirectory, 'samples')
  }
}

/** Errors after which nothing of a workspace can be shown any more. */
export function isDamage(thrown: unknown): thrown is StrobeError {
  return ['store.damaged', 'store.not-a-database', 'store.io'].includes(codeOf(thrown, ''))
}
