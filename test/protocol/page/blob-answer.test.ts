import { describe, expect, it } from 'vitest'
import type { BlobContent } from '../../../src/protocol/client.ts'
import { answerBlob } from '../../../src/protocol/page/blob-answer.ts'

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index)
const trace: BlobContent = { bytes, mediaType: 'application/octet-stream', immutable: true }
const report: BlobContent = { bytes, mediaType: 'text/html; charset=utf-8', fileName: 'orders.html', immutable: false }
const request = { id: 'trace-r1', isPreview: false }
const preview = { id: 'report-1', isPreview: true }

describe('data', () => {
  it('is sent whole, with its length and a name for ever', () => {
    const { status, headers, body } = answerBlob(trace, request)
    expect(status).toBe(200)
    expect(body).toEqual(bytes)
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '100',
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: '"trace-r1"',
    })
    expect(headers).not.toHaveProperty('content-disposition')
  })

  it('is sent in part', () => {
    const { status, headers, body } = answerBlob(trace, request, { range: 'bytes=10-19' })
    expect(status).toBe(206)
    expect([...(body ?? [])]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
    expect(headers).toMatchObject({ 'content-length': '10', 'content-range': 'bytes 10-19/100' })
  })

  it('is not there beyond its end', () => {
    const { status, headers, body } = answerBlob(trace, request, { range: 'bytes=100-' })
    expect({ status, body }).toEqual({ status: 416, body: undefined })
    expect(headers).toMatchObject({ 'content-range': 'bytes */100', 'content-length': '0' })
  })

  it.each([
    ['"trace-r1"', 304],
    ['W/"trace-r1"', 304],
    ['"other", "trace-r1"', 304],
    ['*', 304],
    ['"other"', 200],
    ['trace-r1', 200],
  ])('is not sent again to one who has %s: %i', (ifNoneMatch, status) => {
    const answer = answerBlob(trace, request, { ifNoneMatch })
    expect(answer.status).toBe(status)
    expect(answer.body === undefined).toBe(status === 304)
  })

  it.each([
    ['"trace-r1"', 206],
    ['"other"', 200],
    ['Sat, 21 Nov 2026 10:00:00 GMT', 200],
  ])('is sent in part if it is still %s: %i', (ifRange, status) => {
    expect(answerBlob(trace, request, { range: 'bytes=0-9', ifRange }).status).toBe(status)
  })
})

describe('a file', () => {
  it('is offered to be saved, and not kept where it may change', () => {
    const { headers } = answerBlob(report, request)
    expect(headers['content-disposition']).toMatch(/^attachment; filename="orders\.html"/)
    expect(headers['cache-control']).toBe('no-store')
    expect(headers).not.toHaveProperty('etag')
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(answerBlob(report, request, { ifNoneMatch: '*' }).status).toBe(200)
  })

  it('is shown in a frame where it is HTML and that was asked for', () => {
    const { headers } = answerBlob(report, preview)
    expect(headers).not.toHaveProperty('content-disposition')
    expect(headers['content-security-policy']).toContain("style-src 'unsafe-inline'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
  })

  it.each(['image/svg+xml', 'application/xhtml+xml', 'application/pdf', 'text/htmlx', 'text/html\r\nx: y'])(
    'of type %j is never shown in place',
    (mediaType) => {
      const { headers } = answerBlob({ ...report, mediaType }, preview)
      expect(headers['content-disposition']).toContain('attachment')
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    },
  )

  it('has no type that would add a header', () => {
    expect(answerBlob({ ...trace, mediaType: 'a/b\r\nset-cookie: x' }, request).headers['content-type']).toBe(
      'application/octet-stream',
    )
  })
})
