import { existsSync } from 'node:fs'

/**
 * The file of a toolkit thread, wherever this code runs from:
 * - from source (`src/toolkit/*.ts`) the `.ts` itself, whose types Node strips;
 * - from the bundle the entry `<name>.js` in the bundle's folder, which is this module's own folder or, where the bundler has put
 *   this module into a chunk, the one above.
 */
export function threadFile(name: 'sqlite-thread', from: string = import.meta.url): URL {
  if (from.endsWith('.ts')) return new URL(`./${name}.ts`, from)
  const beside = new URL(`./${name}.js`, from)
  return existsSync(beside) ? beside : new URL(`../${name}.js`, from)
}
