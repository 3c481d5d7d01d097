import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, extname, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { builtFile } from './built-file.ts'
import { compileModule } from './compile-module.ts'
import type { TransformedFile } from './messages.ts'

const languages: Readonly<Record<string, 'ts' | 'tsx'>> = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' }
const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json']
/** What an import may mean that names no file: in the order of TypeScript's own search. */
const candidates = [...endings, ...endings.map((ending) => `/index${ending}`)]
const strobeEntries: Readonly<Record<string, string>> = { strobe: 'strobe.js', 'strobe/toolkit': 'toolkit.js' }

/** What the hooks have loaded: user files with what became of them. */
export interface LoadedFiles {
  /** Transformed files by URL. */
  readonly transformed: ReadonlyMap<string, TransformedFile>
  /** Text of own files that run as they are, JavaScript and JSON, by URL. */
  readonly asTheyAre: ReadonlyMap<string, string>
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
  const asTheyAre = new Map<string, string>()
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
      if (language === undefined) {
        if (isOwn(url)) asTheyAre.set(url, readFileSync(fileURLToPath(url), 'utf8'))
        return next(url, context)
      }
      const path = fileURLToPath(url)
      const source = readFileSync(path, 'utf8')
      let file = known.get(url)
      if (file?.source !== source) {
        file = compileModule(path, url, source, language)
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
    asTheyAre,
    digest() {
      const digest = createHash('sha256')
      const textOf = (url: string) => transformed.get(url)?.source ?? asTheyAre.get(url)!
      for (const url of [...transformed.keys(), ...asTheyAre.keys()].sort()) digest.update(textOf(url)).update('\0')
      return digest.digest('hex')
    },
  }
}

/** Whether a file is the user's own: no package, no native module, and nothing of Strobe's. */
function isOwn(url: string): boolean {
  if (!url.startsWith('file:')) return false
  const path = fileURLToPath(url)
  const isPackage = path.split(sep).includes('node_modules')
  return !isPackage && extname(path) !== '.node' && !path.startsWith(dirname(builtFile('trial.js')) + sep)
}

function resolveWithoutExtension(specifier: string, parent: string | undefined): string | undefined {
  if (parent === undefined || !(specifier.startsWith('.') || specifier.startsWith('/'))) return undefined
  const base = fileURLToPath(new URL(specifier, parent))
  // TypeScript names the file that it would have written: `./view.js` for `view.tsx`.
  const sources = [base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx')]
  const path = [...sources, ...candidates.map((ending) => base + ending)].find(
    (candidate) => candidate !== base && existsSync(candidate),
  )
  return path === undefined ? undefined : pathToFileURL(path).href
}
