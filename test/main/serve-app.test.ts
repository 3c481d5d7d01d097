import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerAppRequest } from '../../src/main/serve-app.ts'

const root = mkdtempSync(join(tmpdir(), 'strobe-serve-'))
const folder = join(root, 'renderer')

beforeAll(() => {
  mkdirSync(join(folder, 'folder.js'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<p>page</p>')
  writeFileSync(join(root, 'secret.json'), '{}')
  symlinkSync(join(root, 'secret.json'), join(folder, 'link.json'))
})
afterAll(() => rmSync(root, { recursive: true }))

const ask = (path: string, method = 'GET') => answerAppRequest(new Request(`app://strobe/${path}`, { method }), folder)

describe('answers under app://', () => {
  it('a file with its type and the policy', async () => {
    const response = await ask('index.html')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<p>page</p>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each(['gone.html', 'folder.js', 'link.json', '..%2fsecret.json'])('no file for %s', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not found')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('nothing for a method that is not GET', async () => {
    expect((await ask('index.html', 'POST')).status).toBe(404)
  })
})
