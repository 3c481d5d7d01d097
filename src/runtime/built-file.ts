import { join, sep } from 'node:path'

/**
 * The path of a file that is started or imported by path: an entry of the build. Bundled code finds it beside itself;
 * code that runs from its sources, in tests, finds it in the build's folder.
 */
export function builtFile(name: string): string {
  const here = import.meta.dirname
  const sources = here.lastIndexOf(`${sep}src${sep}`)
  return sources < 0 ? join(here, name) : join(here.slice(0, sources), 'out', 'main', name)
}
