import { StrobeError } from '../base/index.ts'
import { reportCalls } from './calls.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'

/** What may be set without changing what a server answers. */
export interface HttpKnobs {
  /** Connections that are kept to the server, hence requests that can be under way. Default 8. */
  readonly connections?: number
  /** Longest time of one request in milliseconds, from its connection to the end of its answer. Default 30 000. */
  readonly timeout?: number
  /** Requests sent over one connection before its first answer is there. Default 1. */
  readonly pipelining?: number
}

/** Makes a client of the HTTP server at `baseUrl`. Nothing is sent before the first request. */
export async function http(baseUrl: string | URL, knobs: HttpKnobs = {}): Promise<HttpClient> {
  const reporter = reportCalls('http')
  const base = parseBase(String(baseUrl))
  const connections = atLeastOne('connections', knobs.connections ?? 8)
  const pipelining = atLeastOne('pipelining', knobs.pipelining ?? 1)
  const timeout = atLeastOne('timeout', knobs.timeout ?? 30_000)
  const { Client } = await import('undici')
  const connect = (origin: string) =>
    new Client(origin, { pipelining, connectTimeout: timeout, headersTimeout: 0, bodyTimeout: 0 })
  return createHttpClient({ base, connections, pipelining, timeout, connect, reporter })
}

/** The base without a slash at its end, so that paths are appended. */
function parseBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new StrobeError('toolkit.option', 'http takes the URL of a server, as in http://127.0.0.1:8080.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new StrobeError('toolkit.option', 'http takes no user and password in the URL: send an authorization header.')
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, '')
}

function atLeastOne(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value
  throw new StrobeError('toolkit.option', `${name} takes a whole number from 1, not ${value}.`)
}
