import type { JobLog } from '../../protocol/index.ts'

const mostLines = 5000
const longestLine = 4000

/** The last lines that a job logged, numbered from 0. */
export class LogRing {
  #lines: string[] = []
  /** Number of the first line that is still there. */
  #first = 0

  /** Number that the next line will have. */
  get end(): number {
    return this.#first + this.#lines.length
  }

  push(text: string): void {
    for (const line of text.split('\n')) {
      this.#lines.push(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line)
    }
    // In steps: each one copies what stays.
    if (this.#lines.length > mostLines * 1.25) {
      const gone = this.#lines.length - mostLines
      this.#lines = this.#lines.slice(gone)
      this.#first += gone
    }
  }

  /** Lines from a number on, or from the first that is still there. */
  from(number: number): Omit<JobLog, 'job'> {
    const first = Math.min(Math.max(number, this.#first), this.end)
    return { first, lines: this.#lines.slice(first - this.#first) }
  }
}
