import { extname, isAbsolute, relative, resolve } from 'node:path'

/** The scheme of the window's own pages. Pages get an origin of their own (`app://strobe`) instead of `file://`. */
export const appScheme = 'app'

/** The page that the window opens. */
export const appStartUrl = `${appScheme}://strobe/index.html`

/** Types of the files that a build of the renderer can hold; a file of another type is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** A file that a request may have, with the content type to send it as. */
export interface ServedFile {
  readonly file: string
  readonly contentType: string
}

/**
 * The file under `folder` that an `app://strobe/…` URL names, or `undefined` where it names none: another scheme or host,
 * a path out of the folder (also by encoded dots, slashes and backslashes), a byte that no file name has, an unknown type.
 * Looks at names only; whether the file exists, and that it is no link out of the folder, is the reader's to check.
 */
export function resolveAppUrl(url: string, folder: string): ServedFile | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== `${appScheme}:` || host !== 'strobe') return undefined
  const path = decodePath(pathname)
  if (path === undefined) return undefined
  const file = resolve(folder, `.${path}`)
  const contentType = contentTypes[extname(file)]
  return contentType !== undefined && isInside(file, folder) ? { file, contentType } : undefined
}

/** Whether `file` is under `folder`, both absolute: by path segments, so that `/a/bc` is not inside `/a/b`. */
export function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith('../') && !path.startsWith('..\\') && !isAbsolute(path)
}

function decodePath(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname)
    return /[\\\0]/.test(path) || path.split('/').includes('..') ? undefined : path
  } catch {
    return undefined
  }
}
