import { isAbsolute, join, relative } from 'node:path'
import { type PageFile, pageFileOf } from '../protocol/index.ts'

/** The scheme of the window's own pages. Pages get an origin of their own (`app://strobe`) instead of `file://`. */
export const appScheme = 'app'

/** The page that the window opens. */
export const appStartUrl = `${appScheme}://strobe/index.html`

/** A file that a request may have, with the headers to send it with. */
export interface ServedFile extends Pick<PageFile, 'contentType' | 'cacheControl'> {
  readonly file: string
}

/**
 * The file under `folder` that an `app://strobe/…` URL names, or `undefined` where it names none: another scheme or host, or
 * what `pageFileOf` refuses. Looks at names only; whether the file exists, and that it is no link out of the folder, is the
 * reader's to check.
 */
export function resolveAppUrl(url: string, folder: string): ServedFile | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== `${appScheme}:` || host !== 'strobe') return undefined
  const page = pageFileOf(pathname)
  if (page === undefined) return undefined
  const { path, contentType, cacheControl } = page
  return { file: join(folder, path), contentType, cacheControl }
}

/** Whether `file` is under `folder`, both absolute: by path segments, so that `/a/bc` is not inside `/a/b`. */
export function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith('../') && !path.startsWith('..\\') && !isAbsolute(path)
}
