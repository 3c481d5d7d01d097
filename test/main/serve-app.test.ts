import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppSource, answerAppRequest } from '../../src/main/serve-app.ts'
import { answerBlob, type BlobContent } from '../../src/protocol/index.ts'

const root = mkdtempSync(join(tmpdir(), 'strobe-serve-'))
const folder = join(root, 'renderer')
const trace: BlobContent = { bytes: Uint8Array.of(1, 2, 3, 4), mediaType: 'application/octet-stream', immutable: true }

beforeAll(() => {
  mkdirSync(join(folder, 'folder.js'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<p>page</p>')
  writeFileSync(join(root, 'secret.json'), '{}')
  symlinkSync(join(root, 'secret.json'), join(folder, 'link.json'))
})
afterAll(() => rmSync(root, { recursive: true }))

const source: AppSource = {
  folder,
  blob: async (request, conditions) => {
    if (request.id === 'broken') throw new Error('The engine is not running.')
    return request.id === 'trace-1' ? answerBlob(trace, request, conditions) : undefined
  },
}
const ask = (path: string, init: RequestInit = {}) =>
  answerAppRequest(new Request(`app://strobe/${path}`, init), source)

describe('answers under app://', () => {
  it('a file with its type and the policy', async () => {
    const response = await ask('index.html')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<p>page</p>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each(['gone.html', 'folder.js', 'link.json', '..%2fsecret.json', 'blob/gone'])('nothing for %s', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not found')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it.each(['index.html', 'blob/trace-1'])('nothing for a method that is not GET: %s', async (path) => {
    expect((await ask(path, { method: 'POST' })).status).toBe(404)
  })

  it('a blob, and a part of it', async () => {
    const whole = await ask('blob/trace-1')
    expect(whole.status).toBe(200)
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(trace.bytes)
    const part = await ask('blob/trace-1', { headers: { range: 'bytes=1-2' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe('bytes 1-2/4')
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(Uint8Array.of(2, 3))
  })

  it('that a blob has not changed, without sending it', async () => {
    const response = await ask('blob/trace-1', { headers: { 'if-none-match': '"trace-1"' } })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
  })

  it('why there is no blob where the engine cannot be asked', async () => {
    const response = await ask('blob/broken')
    expect(response.status).toBe(503)
    expect(await response.text()).toBe('The engine is not running.')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
