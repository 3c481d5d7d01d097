/** Types of the files that a build of the renderer can hold; a file of another type is not served. */
const contentTypes: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['woff2', 'font/woff2'],
])

/** A file of the built page, by name: whether it is there is for whoever reads it to see. */
export interface PageFile {
  /** Relative to the folder of the build, with slashes; it cannot lead out of it but by a link. */
  readonly path: string
  readonly contentType: string
  readonly cacheControl: string
}

/** What a name in the build may look like: no dot in front, no drive or stream (`a:b`), nothing that is decoded once more. */
const segment = /^[\w@-](?:[\w@ .-]*[\w@-])?$/
/** Names that Windows takes for devices, whatever follows the dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** The bundler writes a digest of the content into the names of what lies there. */
const hashed = /^assets\/.*-[\w-]{8}\.\w+$/

/**
 * The file of the page that the path of a URL names, as it stands in the URL; `/` is `index.html`. `undefined` where it names
 * none: a path out of the folder (also by encoded dots, slashes and backslashes), what no file name of a build holds, an unknown
 * type. It is decoded once.
 */
export function pageFileOf(pathname: string): PageFile | undefined {
  const path = pathname === '/' ? 'index.html' : relativePath(pathname)
  const contentType = contentTypes.get(/\.([a-z0-9]+)$/.exec(path ?? '')?.[1] ?? '')
  if (path === undefined || contentType === undefined) return undefined
  return { path, contentType, cacheControl: hashed.test(path) ? 'private, max-age=31536000, immutable' : 'no-store' }
}

function relativePath(pathname: string): string | undefined {
  if (!pathname.startsWith('/')) return undefined
  try {
    const path = decodeURIComponent(pathname.slice(1))
    const isPlain = path.split('/').every((name) => segment.test(name) && !device.test(name))
    return isPlain ? path : undefined
  } catch {
    return undefined
  }
}
