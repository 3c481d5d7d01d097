import { createRequire } from 'node:module'
import { stripVTControlCharacters } from 'node:util'
import type { transformSync } from 'rolldown/utils'
import { StrobeError } from '../base/index.ts'
import type { TransformedFile } from './messages.ts'

/** Turns a user's module into JavaScript that Node runs, with the source map back. Throws `workflow.syntax` with its place. */
export function compileModule(path: string, url: string, source: string, lang: 'ts' | 'tsx' | 'js'): TransformedFile {
  // Loaded only when there is something to transform: the compiler takes longer to load than most files to transform.
  const compiler = createRequire(import.meta.url)('rolldown/utils') as { transformSync: typeof transformSync }
  const result = compiler.transformSync(path, source, { lang, sourcemap: true, sourceType: 'module' })
  const [error] = result.errors
  if (error) throw syntaxError(path, source, error)
  const map = { ...(result.map as object), sources: [url], sourcesContent: [source] }
  return { source, code: result.code, map: JSON.stringify(map) }
}

interface CompilerError {
  readonly message: string
  readonly loc?: { readonly line: number; readonly column: number }
  readonly pos?: number
}

function syntaxError(file: string, source: string, error: CompilerError): StrobeError {
  const line = error.loc?.line ?? (error.pos === undefined ? undefined : source.slice(0, error.pos).split('\n').length)
  const column = error.loc === undefined ? undefined : error.loc.column + 1
  const place = { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
  const where = [file, line, column].filter((part) => part !== undefined).join(':')
  // The compiler paints its message for terminals; its first line is the message itself.
  const message = stripVTControlCharacters(String(error.message)).split('\n')[0]!.replace('[PARSE_ERROR] ', '')
  return new StrobeError('workflow.syntax', `${where} cannot be read: ${message}`, { data: { place }, cause: error })
}
