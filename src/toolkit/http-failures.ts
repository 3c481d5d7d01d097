import { StrobeError } from '../base/index.ts'
import { withoutSecrets } from './url-pattern.ts'

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** An answer whose status is no success. */
export function statusError(method: string, url: URL, status: number): StrobeError {
  const where = withoutSecrets(url)
  return new StrobeError('toolkit.http-status', `${method} ${where} answered with status ${status}.`, {
    data: { status, url: where, method },
  })
}

export function timeoutError(method: string, url: URL, milliseconds: number): StrobeError {
  const where = withoutSecrets(url)
  return new StrobeError(
    'toolkit.http-timeout',
    `${method} ${where} was not answered within ${milliseconds} ms. Raise the resource's timeout if that is expected.`,
    { data: { url: where, method, timeout: milliseconds } },
  )
}

export function notJsonError(method: string, url: URL, cause: unknown): StrobeError {
  const where = withoutSecrets(url)
  return new StrobeError('toolkit.http-not-json', `${method} ${where} answered with something that is no JSON.`, {
    data: { url: where, method },
    cause,
  })
}

/** What undici or the system said, in our words. */
export function exchangeError(method: string, url: URL, cause: unknown): StrobeError {
  const where = withoutSecrets(url)
  const reason = codeIn(cause)
  const data = { url: where, method, reason }
  if (unreachable.has(reason)) {
    return new StrobeError(
      'toolkit.http-refused',
      `Nobody answers at ${url.origin} (${reason}). Is the server running?`,
      {
        data,
        cause,
      },
    )
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  return new StrobeError('toolkit.http-broken', `${method} ${where} broke off: ${message}.`, { data, cause })
}

function codeIn(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}
