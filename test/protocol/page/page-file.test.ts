import { describe, expect, it } from 'vitest'
import { pageFileOf } from '../../../src/protocol/page/page-file.ts'

describe('the file that a path names', () => {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/assets/index-B1a_-9xZ.js', 'assets/index-B1a_-9xZ.js', 'text/javascript; charset=utf-8', 'immutable'],
    [
      '/assets/trace-worker-B1a_-9xZ.js',
      'assets/trace-worker-B1a_-9xZ.js',
      'text/javascript; charset=utf-8',
      'immutable',
    ],
    ['/assets/plain.css', 'assets/plain.css', 'text/css; charset=utf-8', 'no-store'],
    ['/fonts/inter.woff2', 'fonts/inter.woff2', 'font/woff2', 'no-store'],
    ['/a%20b.css', 'a b.css', 'text/css; charset=utf-8', 'no-store'],
    ['/%69ndex.html', 'index.html', 'text/html; charset=utf-8', 'no-store'],
  ])('%s is %s', (pathname, path, contentType, cache) => {
    expect(pageFileOf(pathname)).toEqual({ path, contentType, cacheControl: expect.stringContaining(cache) })
  })

  it.each([
    ['nothing', ''],
    ['no beginning slash', 'index.html'],
    ['an empty segment', '//index.html'],
    ['a folder', '/assets/'],
    ['an unknown type', '/notes.txt'],
    ['a type that no build holds', '/index.htm'],
    ['a type in capitals', '/index.HTML'],
    ['no type', '/index'],
    ['a dot file', '/.env.json'],
    ['a dot folder', '/.git/config.json'],
    ['dots', '/../secret.json'],
    ['dots inside', '/assets/../../secret.json'],
    ['one dot', '/./index.html'],
    ['encoded dots', '/%2e%2e/secret.json'],
    ['an encoded slash', '/..%2fsecret.json'],
    ['dots and slashes, encoded twice', '/%252e%252e%252fsecret.json'],
    ['a name, encoded twice', '/%2569ndex.html'],
    ['a backslash', '/..\\secret.json'],
    ['an encoded backslash', '/..%5csecret.json'],
    ['an absolute path', '//etc/passwd.json'],
    ['an encoded absolute path', '/%2fetc%2fpasswd.json'],
    ['a drive', '/C:/secret.json'],
    ['a drive, encoded', '/C%3a%5csecret.json'],
    ['a stream', '/index.html:secret.json'],
    ['a device', '/assets/con.js'],
    ['a device with a number', '/COM1.json'],
    ['a NUL', '/secret.json%00.html'],
    ['a NUL at the end', '/index.html%00'],
    ['a line feed', '/index%0a.html'],
    ['a name that ends in a dot', '/a./index.html'],
    ['a name that ends in a space', '/a%20/index.html'],
    ['overlong dots', '/%c0%ae%c0%ae/secret.json'],
    ['full-width dots', '/%ef%bc%8e%ef%bc%8e/secret.json'],
    ['half an escape', '/%'],
    ['a wrong escape', '/%zz.html'],
    ['a property of objects', '/a.constructor'],
  ])('%s names none: %s', (_what, pathname) => {
    expect(pageFileOf(pathname)).toBeUndefined()
  })
})
