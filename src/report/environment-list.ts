import type { Environment } from '../trace/index.ts'
import type { ReportEnvironment } from './model.ts'

/** Collects environments so that each is printed once. */
export class EnvironmentList {
  readonly #entries: Array<{ readonly key: string; readonly environment: Environment; readonly usedBy: string[] }> = []

  /** Index of the environment in the report, or `null` where nothing is known of it. */
  add(environment: Environment | undefined, usedBy: string): number | null {
    if (environment === undefined) return null
    const key = JSON.stringify(environment)
    const known = this.#entries.findIndex((entry) => entry.key === key)
    if (known >= 0) {
      this.#entries[known]!.usedBy.push(usedBy)
      return known
    }
    return this.#entries.push({ key, environment, usedBy: [usedBy] }) - 1
  }

  get list(): ReportEnvironment[] {
    return this.#entries.map(({ environment, usedBy }) => ({ ...environment, usedBy }))
  }
}
