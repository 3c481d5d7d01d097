import type { Place } from '../base/index.ts'

/**
 * Where the user's code called into this package: the first frame that is not in the folder of the innermost one, which
 * is this function's own; so it holds for sources and bundles, with source maps and without. Absent where the engine's
 * stack is not V8's.
 */
export function capturePlace(): Place | undefined {
  const [own, ...callers] = parseFrames(new Error().stack)
  const frame = callers.find(({ file }) => folderOf(file) !== folderOf(own?.file))
  return frame && isFile(frame.file) ? frame : undefined
}

/** The frames of a stack in V8's format, innermost first, files as paths. Frames without a position are left out. */
export function parseFrames(stack: string | undefined): Place[] {
  const frames: Place[] = []
  for (const line of (stack ?? '').split('\n')) {
    const match = /^\s*at (?:.*? \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(line)
    if (match?.[1]) frames.push({ file: pathOf(match[1]), line: Number(match[2]), column: Number(match[3]) })
  }
  return frames
}

function isFile(file: string): boolean {
  return !file.startsWith('node:') && !file.includes('<anonymous>')
}

/** The path up to its last slash. */
function folderOf(file: string | undefined): string | undefined {
  return file?.replace(/[/\\][^/\\]*$/, '')
}

/** `file:///a%20b/c.ts?v=1` → `/a b/c.ts`, `file:///C:/a.ts` → `C:/a.ts`; a path stays as it is. */
function pathOf(location: string): string {
  if (!location.startsWith('file://')) return location
  const path = location.replace(/^file:\/\//, '').replace(/[?#].*$/, '')
  return decode(path).replace(/^\/([A-Za-z]:)/, '$1')
}

function decode(path: string): string {
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) => {
    const bytes = escaped
      .slice(1)
      .split('%')
      .map((hex) => Number.parseInt(hex, 16))
    return new TextDecoder('utf-8').decode(new Uint8Array(bytes))
  })
}
