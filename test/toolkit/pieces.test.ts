import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { callChannel } from '../../src/toolkit/index.ts'
import { LeastRecentlyUsed } from '../../src/toolkit/least-recently-used.ts'
import { threadFile } from '../../src/toolkit/thread-file.ts'
import { describeRequest, withoutSecrets } from '../../src/toolkit/url-pattern.ts'

describe('describeRequest', () => {
  it.each([
    ['/quote/SKU-00042', 'GET /quote/:id'],
    ['/quote/anvil', 'GET /quote/anvil'],
    ['/v2/users/7/orders?since=1', 'GET /v2/users/:id/orders'],
    [`/file/${'x'.repeat(25)}`, 'GET /file/:id'],
    ['http://127.0.0.1:8080/quote/1#top', 'GET http://127.0.0.1:8080/quote/:id'],
    ['', 'GET '],
  ])('%s is %s', (path, expected) => {
    expect(describeRequest('GET', path)).toBe(expected)
  })

  it('leaves user, password and query out of what is shown', () => {
    expect(withoutSecrets(new URL('http://me:pw@shop.test/a?key=1'))).toBe('http://shop.test/a?…')
  })
})

describe('LeastRecentlyUsed', () => {
  it('forgets what was used longest ago', () => {
    const kept = new LeastRecentlyUsed<string, number>(2)
    let made = 0
    const use = (key: string) => kept.obtain(key, () => ++made)
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map(use)).toEqual([1, 2, 1, 3, 1, 4])
    expect(kept.size).toBe(2)
  })
})

describe('threadFile', () => {
  it('is the source beside source, and the bundle entry beside or above a bundle', () => {
    const folder = mkdtempSync(join(tmpdir(), 'strobe-thread-file-'))
    mkdirSync(join(folder, 'chunks'))
    writeFileSync(join(folder, 'sqlite-thread.js'), '')
    const at = (path: string) => threadFile('sqlite-thread', pathToFileURL(join(folder, path)).href).pathname
    expect(at('toolkit.js')).toBe(join(folder, 'sqlite-thread.js'))
    expect(at('chunks/toolkit-x.js')).toBe(join(folder, 'sqlite-thread.js'))
    expect(at('toolkit.ts')).toBe(join(folder, 'sqlite-thread.ts'))
    rmSync(folder, { recursive: true })
  })
})

describe('the channel', () => {
  it('has no subscriber unless somebody wants to know', () => {
    expect(callChannel.hasSubscribers).toBe(false)
  })
})
