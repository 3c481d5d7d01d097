/**
 * The value of `Content-Disposition` that offers an answer to be saved under a name (RFC 6266): plain ASCII for old readers, and
 * the whole of it in UTF-8. Whatever the name holds, the value is one line and names no folder.
 */
export function attachmentHeader(fileName: string): string {
  const name = plainName(fileName)
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/[!'()*]/g, percentOf)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** Without folders, control characters, and what a file system takes for something else. */
function plainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f<>:"|?*]/g, '_').toWellFormed()
  const name = clean.replace(/^[. ]+|[. ]+$/g, '').slice(0, 200)
  return name === '' ? 'download' : name.toWellFormed()
}

function percentOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
