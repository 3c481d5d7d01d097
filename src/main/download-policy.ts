/** What is known of a download before it begins. */
export interface DownloadRequest {
  /** The address and all that led to it, in order. */
  readonly urls: readonly string[]
  /** Name that the answer or the link gives it. */
  readonly fileName: string
}

/** Name to offer in the save dialog; `undefined`: it is not downloaded. Only blobs of the studio's own may be saved. */
export function decideDownload(
  { urls, fileName }: DownloadRequest,
  isBlob: (url: string) => boolean,
): string | undefined {
  return urls.length > 0 && urls.every(isBlob) ? safeFileName(fileName) : undefined
}

/** A name without folders, without what a file system takes for something else, and not longer than one takes. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name
  const clean = last.replace(/[\u0000-\u001f\u007f<>:"|?*]/g, ' ').replace(/^[. ]+|[. ]+$/g, '')
  const extension = /\.[a-z0-9]{1,10}$/i.exec(clean)?.[0] ?? ''
  const stem = clean.slice(0, clean.length - extension.length).slice(0, 100)
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(stem)
  return `${stem === '' || isDevice ? 'report' : stem}${extension}`
}
