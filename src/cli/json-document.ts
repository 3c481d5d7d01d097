import { StrobeError } from '../base/index.ts'
import { type ExitName, exits } from './exit-codes.ts'

/** One document as `--json` prints it: typed arrays as arrays, numbers that JSON has no word for as null. */
export function jsonDocument(document: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(document, plainValue, 2)}\n`
}

/** What `--json` prints in place of a command's document where the command threw. */
export function errorDocument(thrown: unknown, exit: ExitName, message: string): string {
  const code = thrown instanceof StrobeError ? thrown.code : exit === 'usage' ? 'cli.usage' : 'bug'
  const data = thrown instanceof StrobeError ? thrown.data : {}
  return jsonDocument({ error: { code, message, data, exitCode: exits[exit].code } })
}

function plainValue(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array)
  return typeof value === 'bigint' ? String(value) : value
}
