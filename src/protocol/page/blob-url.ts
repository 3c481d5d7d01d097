/** Where blobs are, in every shell. */
const prefix = '/blob/'
/** Asks for an HTML report as something to look at in a frame, instead of a file to save. */
const previewQuery = '?preview'
/** What an id can be. It is a name and no path: nothing in it means anything to a file system or a header. */
const id = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/
const longestId = 200

/** What is asked for under `/blob/`. */
export interface BlobRequest {
  readonly id: string
  readonly isPreview: boolean
}

/** The address of a blob, to be fetched or saved. */
export function blobUrl(blob: string): string {
  return `${prefix}${encodeURIComponent(blob)}`
}

/** The address under which a frame shows an HTML report; blobs of other types are offered to be saved there, too. */
export function previewUrl(blob: string): string {
  return `${blobUrl(blob)}${previewQuery}`
}

/** The blob that the path and the query of a URL ask for, as they stand in it; `undefined` where they ask for none. */
export function blobRequestOf(pathname: string, query: string): BlobRequest | undefined {
  if (!pathname.startsWith(prefix)) return undefined
  const name = decoded(pathname.slice(prefix.length))
  if (name === undefined || name.length > longestId || !id.test(name)) return undefined
  return { id: name, isPreview: query === previewQuery }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
