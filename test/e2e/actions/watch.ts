import type { Page } from '@playwright/test'

/** The preview of a report runs nothing on purpose, and the browser says so. */
const contained = /^Blocked script execution in '[^']*\?preview' because the document's frame is sandboxed/

/** What went wrong in a page, as it goes wrong: exceptions and errors on its console. */
export function watchForBugs(page: Page): readonly string[] {
  const bugs: string[] = []
  page.on('pageerror', (error) => bugs.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !contained.test(message.text()))
      bugs.push(`console: ${message.text()} (${message.location().url})`)
  })
  return bugs
}

/** Something that kept the page from answering. */
interface LongTask {
  /** What was done meanwhile, as the spec calls it. */
  readonly during: string
  /** Milliseconds. */
  readonly duration: number
}

/** The long tasks (over 50 ms) of a page, by what was done meanwhile. */
export class LongTasks {
  readonly #page: Page
  readonly #seen: LongTask[] = []

  constructor(page: Page) {
    this.#page = page
  }

  /** Begins to look; what was before is told too. */
  async watch(): Promise<void> {
    await this.#page.evaluate(`
      window.longTasks = []
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(duration)
      }).observe({ type: 'longtask', buffered: true })
    `)
  }

  /** Says what was done since the last time. */
  async done(during: string): Promise<void> {
    const durations: readonly number[] = await this.#page.evaluate('window.longTasks.splice(0)')
    this.#seen.push(...durations.map((duration) => ({ during, duration })))
  }

  /** The longest one of each thing that was done, as text: a figure to look at, no limit. */
  report(): string {
    const longest = new Map<string, number>()
    for (const { during, duration } of this.#seen) {
      longest.set(during, Math.max(duration, longest.get(during) ?? 0))
    }
    const lines = [...longest].map(([during, duration]) => `  ${during}: ${Math.round(duration)} ms`)
    return lines.length === 0 ? 'No task over 50 ms.' : `Longest task by what was done:\n${lines.join('\n')}`
  }
}
