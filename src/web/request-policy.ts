import { type BlobRequest, blobRequestOf, type PageFile, pageFileOf } from '../protocol/index.ts'

/** What is known of a request before anything is done about it. */
export interface RequestFacts {
  readonly method: string
  /** The request's target, as it was sent. */
  readonly target: string
  /** All `Host` headers. */
  readonly hosts: readonly string[]
  readonly origin?: string | undefined
  /** Whether it has the cookie that the token was exchanged for. */
  readonly hasSession: boolean
  /** `Sec-Fetch-Site`, `-Mode` and `-Dest`: where a browser says that the request comes from, and what for. */
  readonly site?: string | undefined
  readonly mode?: string | undefined
  readonly destination?: string | undefined
}

/** What to do about a request. Whoever is refused learns nothing but that. */
export type Decision =
  | { readonly kind: 'refuse' }
  /** Give the cookie where the token is right, and lead to the page; `hasSession`: it may come in whatever the token is. */
  | { readonly kind: 'exchange'; readonly token: string; readonly hasSession: boolean }
  | { readonly kind: 'page'; readonly file: PageFile }
  | { readonly kind: 'blob'; readonly request: BlobRequest }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong-method' }

const refuse: Decision = { kind: 'refuse' }

/**
 * The names by which a server that is bound to 127.0.0.1 may be called. A page of another site can make its own name lead here
 * (DNS rebinding), but not these.
 */
export function hostsOf(port: number): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost']
  return new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]))
}

/** Decides on a request by what it says of itself, the host first; `hosts` as {@link hostsOf} gives them. */
export function decideRequest(facts: RequestFacts, hosts: ReadonlySet<string>): Decision {
  const { method, target, hasSession } = facts
  if (!isOwnHost(facts, hosts)) return refuse
  const [, pathname = '', query = ''] = /^([^?]*)(\?.*)?$/s.exec(target) ?? []
  const isReading = method === 'GET' || method === 'HEAD'
  const token = pathname === '/' && method === 'GET' ? new URLSearchParams(query).get('token') : null
  if (token !== null) return { kind: 'exchange', token, hasSession }
  if (!hasSession || !isOwnPage(facts, pathname)) return refuse
  if (!isReading) return { kind: 'wrong-method' }
  const file = pageFileOf(pathname)
  if (file) return { kind: 'page', file }
  const request = blobRequestOf(pathname, query)
  return request ? { kind: 'blob', request } : { kind: 'missing' }
}

/**
 * Whether a request to become a WebSocket is granted. Browsers let every page open a socket to everywhere and send the cookie
 * along within a site, whatever the port; only the origin tells who asks. Whoever names none is no browser's page.
 */
export function maySocketOpen(facts: RequestFacts, hosts: ReadonlySet<string>): boolean {
  const { method, target, origin, hasSession } = facts
  if (!isOwnHost(facts, hosts) || !hasSession) return false
  return method === 'GET' && target === '/socket' && origin === `http://${facts.hosts[0]}`
}

function isOwnHost({ hosts }: RequestFacts, own: ReadonlySet<string>): boolean {
  const [host, ...others] = hosts
  return host !== undefined && others.length === 0 && own.has(host.toLowerCase())
}

/**
 * Whether a browser says that its own page, or its user, asks. Another server on this machine is of the same site, so that
 * the cookie alone does not tell. Opening the page itself is everybody's, as no frame can hold it.
 */
function isOwnPage({ site, mode, destination }: RequestFacts, pathname: string): boolean {
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return pathname === '/' && mode === 'navigate' && destination === 'document'
}
