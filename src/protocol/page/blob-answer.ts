import type { BlobContent } from '../client.ts'
import { attachmentHeader } from './attachment.ts'
import type { BlobRequest } from './blob-url.ts'
import { byteRangeOf } from './byte-range.ts'
import { blobHeaders } from './security-headers.ts'

/** Headers of a request that say how a blob is wanted. */
export interface BlobConditions {
  readonly range?: string | undefined
  readonly ifRange?: string | undefined
  readonly ifNoneMatch?: string | undefined
}

/** An answer with a blob; `body` is absent where there is nothing to send. */
export interface BlobAnswer {
  readonly status: 200 | 206 | 304 | 416
  readonly headers: Record<string, string>
  readonly body?: Uint8Array<ArrayBuffer>
}

/**
 * What a shell answers with a blob. What never changes may be kept by the browser and is named by its id; what may change is
 * never kept. Only HTML is shown in place, and only where that was asked for.
 */
export function answerBlob(content: BlobContent, request: BlobRequest, conditions: BlobConditions = {}): BlobAnswer {
  const { bytes, mediaType, fileName, immutable } = content
  const contentType = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/.test(mediaType)
    ? mediaType
    : 'application/octet-stream'
  const isPreview = request.isPreview && /^text\/html(?:;|$)/.test(contentType)
  const isFile = fileName !== undefined && !isPreview
  const tag = `"${request.id}"`
  const headers: Record<string, string> = {
    ...blobHeaders(isPreview),
    'accept-ranges': 'bytes',
    'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    ...(immutable ? { etag: tag } : {}),
    ...(isFile ? { 'content-disposition': attachmentHeader(fileName) } : {}),
  }
  if (immutable && matches(conditions.ifNoneMatch, tag)) return { status: 304, headers }
  const isWhole = conditions.ifRange !== undefined && !(immutable && conditions.ifRange === tag)
  const range = isWhole ? undefined : byteRangeOf(conditions.range, bytes.length)
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}`, 'content-length': '0' } }
  }
  const body = range === undefined ? bytes : bytes.subarray(range.first, range.last + 1)
  const lengths = { 'content-type': contentType, 'content-length': String(body.length) }
  if (range === undefined) return { status: 200, headers: { ...headers, ...lengths }, body }
  const part = `bytes ${range.first}-${range.last}/${bytes.length}`
  return { status: 206, headers: { ...headers, ...lengths, 'content-range': part }, body }
}

function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((each) => each.trim().replace(/^W\//, ''))
  return tags.includes(tag) || tags.includes('*')
}
