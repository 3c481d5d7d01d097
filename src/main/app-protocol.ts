import { isAbsolute, relative } from 'node:path'
import { type BlobRequest, blobRequestOf, type PageFile, pageFileOf } from '../protocol/index.ts'

/** The scheme of the window's own pages. Pages get an origin of their own (`app://strobe`) instead of `file://`. */
export const appScheme = 'app'

/** The page that the window opens. */
export const appStartUrl = `${appScheme}://strobe/index.html`

/** What an `app://strobe/…` URL names: the page itself, another file of its build, or bytes of the engine's. */
export type AppPlace =
  | { readonly kind: 'page' | 'file'; readonly file: PageFile }
  | { readonly kind: 'blob'; readonly request: BlobRequest }

/**
 * What a URL names of the studio, or `undefined` where it names nothing of it: another scheme or host, a user, or what
 * `pageFileOf` and `blobRequestOf` refuse. Looks at names only; whether a file exists, and that it is no link out of its
 * folder, is the reader's to check.
 */
export function appPlaceOf(url: string): AppPlace | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, username, password, pathname, search } = new URL(url)
  if (protocol !== `${appScheme}:` || host !== 'strobe' || username !== '' || password !== '') return undefined
  const request = blobRequestOf(pathname, search)
  if (request) return { kind: 'blob', request }
  const file = pageFileOf(pathname)
  return file && { kind: file.path === 'index.html' ? 'page' : 'file', file }
}

/** Whether `file` is under `folder`, both absolute: by path segments, so that `/a/bc` is not inside `/a/b`. */
export function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith('../') && !path.startsWith('..\\') && !isAbsolute(path)
}
