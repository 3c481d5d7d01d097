import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type * as Parser from 'rolldown/parseAst'
import { StrobeError } from '../base/index.ts'
import { compileModule } from './compile-module.ts'
import type { LoadedFiles } from './module-hooks.ts'

/**
 * Where Node refuses a module, it does not say in which file and line. Finds it among the files that were loaded: a
 * decorator in TypeScript, which is the one thing that is passed on to Node as it is, or broken JavaScript.
 */
export function findSyntaxError({ transformed, asTheyAre }: LoadedFiles): StrobeError | undefined {
  for (const [url, { source }] of transformed) {
    const path = fileURLToPath(url)
    const at = source.includes('@') ? firstDecorator(source, path) : undefined
    if (at === undefined) continue
    const before = source.slice(0, at).split('\n')
    const place = { file: path, line: before.length, column: before.at(-1)!.length + 1 }
    return new StrobeError(
      'workflow.decorators',
      `${path}:${place.line}:${place.column} is a decorator, and decorators are not translated. Wrap the function or class by hand, or import the file as JavaScript that the TypeScript compiler made of it.`,
      { data: { place } },
    )
  }
  for (const [url, source] of asTheyAre) {
    if (!/\.[cm]?js$/.test(url)) continue
    try {
      compileModule(fileURLToPath(url), url, source, 'js')
    } catch (thrown) {
      if (thrown instanceof StrobeError) return thrown
      throw thrown
    }
  }
  return undefined
}

/** Offset of the first decorator of a file. */
function firstDecorator(source: string, path: string): number | undefined {
  const { parseAst } = createRequire(import.meta.url)('rolldown/parseAst') as typeof Parser
  let first: number | undefined
  const pending: unknown[] = [parseAst(source, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path)]
  while (pending.length > 0) {
    const node = pending.pop()
    if (typeof node !== 'object' || node === null) continue
    const { type, start } = node as { type?: unknown; start?: unknown }
    if (type === 'Decorator' && typeof start === 'number') first = Math.min(first ?? start, start)
    pending.push(...Object.values(node))
  }
  return first
}
