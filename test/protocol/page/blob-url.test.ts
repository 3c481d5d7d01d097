import { describe, expect, it } from 'vitest'
import { blobRequestOf, blobUrl, previewUrl } from '../../../src/protocol/page/blob-url.ts'

describe('the address of a blob', () => {
  it.each(['trace-r0k3', 'report-1.html', 'a_b-c'])('leads back to %s', (id) => {
    expect(blobRequestOf(blobUrl(id), '')).toEqual({ id, isPreview: false })
    const preview = new URL(previewUrl(id), 'http://127.0.0.1')
    expect(blobRequestOf(preview.pathname, preview.search)).toEqual({ id, isPreview: true })
  })

  it.each(['?token=1', '?preview=1', '?Preview', '?x&preview'])('is no preview with %s', (query) => {
    expect(blobRequestOf('/blob/a', query)?.isPreview).toBe(false)
  })

  it.each([
    '/blob',
    '/blob/',
    '/blob//a',
    '/blobs/a',
    '/Blob/a',
    'blob/a',
    '/blob/a/b',
    '/blob/a%2fb',
    '/blob/..',
    '/blob/%2e%2e',
    '/blob/..%2f..%2fetc%2fpasswd',
    '/blob/a..b',
    '/blob/.a',
    '/blob/a.',
    '/blob/-a',
    '/blob/a%00',
    '/blob/a%0d%0ab',
    '/blob/a%22',
    '/blob/a%20b',
    '/blob/a%5cb',
    '/blob/%',
    '/blob/ä',
    `/blob/${'a'.repeat(201)}`,
  ])('names none: %s', (pathname) => {
    expect(blobRequestOf(pathname, '')).toBeUndefined()
  })
})
