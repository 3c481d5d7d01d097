/** What a URL looks like without what varies: segments with digits or longer than 24 characters become `:id`; the query is left out. */
function patternOf(path: string): string {
  const end = path.search(/[?#]/)
  return (end < 0 ? path : path.slice(0, end)).split('/').map(patternOfSegment).join('/')
}

/** The detail of a call: method and pattern; the origin only where the call named one itself. */
export function describeRequest(method: string, path: string): string {
  const absolute = /^(https?:\/\/[^/?#]*)(.*)$/i.exec(path)
  const pattern = absolute ? `${absolute[1]}${patternOf(absolute[2] ?? '')}` : patternOf(path)
  return `${method} ${pattern}`
}

/** A URL that may be shown and stored: without user, password, query and fragment. */
export function withoutSecrets(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`
}

function patternOfSegment(segment: string): string {
  // `v2` says which interface it is, not which thing.
  if (/^v\d{1,2}$/i.test(segment)) return segment
  return segment.length > 24 || /\d/.test(segment) ? ':id' : segment
}
