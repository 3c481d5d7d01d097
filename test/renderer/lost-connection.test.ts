import { afterEach, describe, expect, it, vi } from 'vitest'
import { adviceFor, probeEngine } from '../../src/renderer/app/lost-connection.ts'

describe('an engine that is out of reach', () => {
  afterEach(() => vi.unstubAllGlobals())

  it.each([
    ['there', () => Promise.resolve({ ok: true })],
    ['forgot-us', () => Promise.resolve({ ok: false })],
    ['gone', () => Promise.reject(new TypeError('Failed to fetch'))],
  ] as const)('is %s', async (reach, fetch) => {
    vi.stubGlobal('location', { pathname: '/' })
    vi.stubGlobal('fetch', fetch)
    expect(await probeEngine()).toBe(reach)
  })

  it('is always followed by what to do', () => {
    expect(adviceFor('gone')).toContain('start it again')
    expect(adviceFor('forgot-us')).toContain('open the address')
  })
})
