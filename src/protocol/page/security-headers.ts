type Directives = Readonly<Record<string, string>>

/** What a page of the studio and its workers may load: own files and nothing else. No inline script, no eval, no network. */
const pageDirectives: Directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'frame-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/**
 * What a report may do that the studio shows in a frame: look as it does when it is opened from a file. It runs no script, loads
 * nothing, and has no origin, so that it reads nothing of the studio's.
 */
const previewDirectives: Directives = {
  'default-src': "'none'",
  'style-src': "'unsafe-inline'",
  'img-src': 'data:',
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'self'",
  sandbox: '',
}

/** Bytes to be fetched or saved: whoever opens them as a document gets one that can do nothing. */
const blobDirectives: Directives = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  sandbox: '',
}

/**
 * Headers of every answer with a file of the page, and of refusals. `socket` is the origin of the page's WebSocket
 * (`ws://127.0.0.1:4711`), where it has one: not every browser counts it to `'self'`.
 */
export function pageHeaders(socket?: string): Record<string, string> {
  const connect = socket === undefined ? {} : { 'connect-src': `'self' ${socket}` }
  return headersWith({ ...pageDirectives, ...connect })
}

/** Headers of every answer with a blob; `isPreview`: an HTML report to be shown in a frame of the studio. */
export function blobHeaders(isPreview: boolean): Record<string, string> {
  return headersWith(isPreview ? previewDirectives : blobDirectives)
}

function headersWith(directives: Directives): Record<string, string> {
  const policy = Object.entries(directives).map(([name, value]) => (value === '' ? name : `${name} ${value}`))
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
}
