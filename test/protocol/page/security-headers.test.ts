import { describe, expect, it } from 'vitest'
import { blobHeaders, pageHeaders } from '../../../src/protocol/page/security-headers.ts'

function directivesOf(headers: Record<string, string>) {
  const policy = headers['content-security-policy'] ?? ''
  return new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
}

describe('the policy of the page', () => {
  const directives = directivesOf(pageHeaders())

  it('denies what it does not name, and names no other origin, no inline code and no eval', () => {
    expect(directives.get('default-src')).toEqual(["'none'"])
    for (const [name, values] of directives) {
      const allowed = name === 'img-src' ? ["'self'", 'data:'] : ["'self'", "'none'"]
      expect(allowed, name).toEqual(expect.arrayContaining(values))
    }
  })

  it.each(['base-uri', 'form-action', 'frame-ancestors'])('closes %s, which default-src does not cover', (name) => {
    expect(directives.get(name)).toEqual(["'none'"])
  })

  it('connects to its own socket, where it has one, and nowhere else', () => {
    const connect = (socket?: string) => directivesOf(pageHeaders(socket)).get('connect-src')
    expect(connect()).toEqual(["'self'"])
    expect(connect('ws://127.0.0.1:1')).toEqual(["'self'", 'ws://127.0.0.1:1'])
  })
})

describe('the policy of blobs', () => {
  const preview = directivesOf(blobHeaders(true))
  const data = directivesOf(blobHeaders(false))

  it('gives a document no origin and no script', () => {
    for (const directives of [preview, data]) {
      expect(directives.get('sandbox')).toEqual([])
      expect(directives.get('default-src')).toEqual(["'none'"])
      expect(directives.has('script-src')).toBe(false)
    }
  })

  it('lets a report look as it does from a file, in a frame of the studio only', () => {
    expect(preview.get('style-src')).toEqual(["'unsafe-inline'"])
    expect(preview.get('frame-ancestors')).toEqual(["'self'"])
    expect(data.has('style-src')).toBe(false)
    expect(data.get('frame-ancestors')).toEqual(["'none'"])
  })
})

it.each([pageHeaders(), blobHeaders(true), blobHeaders(false)])('what all answers have', (headers) => {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
})
