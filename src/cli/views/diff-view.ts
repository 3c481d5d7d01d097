import type { Colors } from 'picocolors/types.js'

/** The changed places of a unified diff, without the lines that name the files. Added is blue, taken away orange. */
export function diffLines(diff: string, colours: Colors): string[] {
  const lines = diff.trimEnd().split('\n')
  const first = lines.findIndex((line) => line.startsWith('@@'))
  return lines.slice(Math.max(0, first)).map((line) => {
    if (line.startsWith('@@')) return colours.dim(line)
    if (line.startsWith('+')) return colours.blue(line)
    return line.startsWith('-') ? colours.yellow(line) : line
  })
}
