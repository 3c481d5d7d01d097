import { join, sep } from 'node:path'

/**
 * The path of a file that is started or imported by path: an entry of the build. Bundled code finds it beside itself;
 * code that runs from its sources, in tests, finds it in the build's folder.
 */
export function builtFile(name: string): string {
  return join(builtFolder(import.meta.dirname), name)
}

/** The folder of the build's entries, for code that lies in `here`. The project itself may lie in a folder called `src`. */
export function builtFolder(here: string): string {
  const sources = join(sep, 'src', 'runtime')
  return here.endsWith(sources) ? join(here.slice(0, -sources.length), 'out', 'main') : here
}
