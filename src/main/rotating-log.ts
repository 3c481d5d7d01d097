import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes that a log file may have before the next one is begun. */
const mostBytes = 1_000_000
/** Log files that are kept, the current one included. */
const mostFiles = 3
/** Characters of one entry: an error with a huge message must not fill the disk. */
const longestEntry = 8000

/** Names of the log files, the current one first. */
export function logFileNames(): string[] {
  return Array.from({ length: mostFiles }, (_, age) => (age === 0 ? 'main.log' : `main.${age}.log`))
}

/** Whether an entry still goes into a log file of so many bytes. */
export function fitsInto(bytes: number, entry: string): boolean {
  return bytes === 0 || bytes + Buffer.byteLength(entry) <= mostBytes
}

/** An entry as it is written: when, and what, with lines of its own indented. */
export function formatEntry(at: Date, text: string): string {
  const shown = text.length > longestEntry ? `${text.slice(0, longestEntry)} …` : text
  return `${at.toISOString()} ${shown.replaceAll('\n', '\n  ')}\n`
}

/** What an error says for the log: its stack where it has one. */
export function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}

/**
 * Writes to a log in a folder, and begins a new file when one is full. Writes at once, so that the last words of a crash are
 * there. Never throws: a log that cannot be written must not bring down what it tells of.
 */
export function createLog(folder: string, now: () => Date = () => new Date()): (text: string) => void {
  const [current = 'main.log'] = logFileNames()
  const file = join(folder, current)
  return (text) => {
    const entry = formatEntry(now(), text)
    try {
      mkdirSync(folder, { recursive: true })
      if (!fitsInto(statSync(file, { throwIfNoEntry: false })?.size ?? 0, entry)) rotate(folder)
      appendFileSync(file, entry)
    } catch {
      // Nowhere to write to: there is nobody left to tell.
    }
  }
}

function rotate(folder: string): void {
  const names = logFileNames().map((name) => join(folder, name))
  rmSync(names.at(-1)!, { force: true })
  for (let age = names.length - 2; age >= 0; age--) {
    if (statSync(names[age]!, { throwIfNoEntry: false })) renameSync(names[age]!, names[age + 1]!)
  }
}
