import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { extname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type { transformSync } from 'rolldown/utils'
import { StrobeError } from '../base/index.ts'
import { builtFile } from './built-file.ts'
import type { TransformedFile } from './messages.ts'

const languages: Readonly<Record<string, 'ts' | 'tsx'>> = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' }
const candidates = ['.ts', '.tsx', '.mts', '.js', '.mjs', '/index.ts', '/index.js']
const strobeEntries: Readonly<Record<string, string>> = { strobe: 'strobe.js', 'strobe/toolkit': 'toolkit.js' }

/** What the hooks have loaded: user files with what became of them. */
export interface LoadedFiles {
  /** Transformed files by URL. */
  readonly transformed: ReadonlyMap<string, TransformedFile>
  /** SHA-256 over the text of all own files that were loaded, in the order of their URLs. */
  digest(): string
}

/**
 * Lets this thread import the user's TypeScript as it is: enums, extensionless imports and `.tsx` included, whatever
 * the package's `type` says. `strobe` and `strobe/*` are always the running copy. Positions lead back to the user's lines by source maps.
 *
 * `known` holds files that an earlier thread transformed; one whose text has changed since is transformed again.
 */
export function installModuleHooks(
  known: ReadonlyMap<string, TransformedFile>,
  transformedNow: (url: string, file: TransformedFile) => void,
): LoadedFiles {
  const transformed = new Map<string, TransformedFile>()
  process.setSourceMapsEnabled(true)
  registerHooks({
    resolve(specifier, context, next) {
      const entry = strobeEntries[specifier]
      if (entry !== undefined) return { url: pathToFileURL(builtFile(entry)).href, shortCircuit: true }
      try {
        return next(specifier, context)
      } catch (thrown) {
        const url = resolveWithoutExtension(specifier, context.parentURL)
        if (url === undefined) throw thrown
        return { url, shortCircuit: true }
      }
    },
    load(url, context, next) {
      const language = url.startsWith('file:') ? languages[extname(url.split('?')[0]!)] : undefined
      if (language === undefined) return next(url, context)
      const path = fileURLToPath(url)
      const source = readFileSync(path, 'utf8')
      let file = known.get(url)
      if (file?.source !== source) {
        file = transform(path, url, source, language)
        transformedNow(url, file)
      }
      transformed.set(url, file)
      const map = Buffer.from(file.map).toString('base64')
      const code = `${file.code}\n//# sourceMappingURL=data:application/json;base64,${map}`
      return { format: 'module', source: code, shortCircuit: true }
    },
  })
  return {
    transformed,
    digest() {
      const digest = createHash('sha256')
      for (const url of [...transformed.keys()].sort()) digest.update(transformed.get(url)!.source).update('\0')
      return digest.digest('hex')
    },
  }
}

function resolveWithoutExtension(specifier: string, parent: string | undefined): string | undefined {
  if (parent === undefined || !(specifier.startsWith('.') || specifier.startsWith('/'))) return undefined
  const base = fileURLToPath(new URL(specifier, parent))
  const path = [...candidates.map((ending) => base + ending), base.replace(/\.([cm]?)js$/, '.$1ts')].find(
    (candidate) => candidate !== base && existsSync(candidate),
  )
  return path === undefined ? undefined : pathToFileURL(path).href
}

function transform(path: string, url: string, source: string, lang: 'ts' | 'tsx'): TransformedFile {
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
