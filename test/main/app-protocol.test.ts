import { describe, expect, it } from 'vitest'
import { isInside, resolveAppUrl } from '../../src/main/app-protocol.ts'

const folder = '/opt/strobe/renderer'

describe('what app:// serves', () => {
  it.each([
    ['app://strobe/index.html', '/opt/strobe/renderer/index.html', 'text/html; charset=utf-8'],
    ['app://strobe/', '/opt/strobe/renderer/index.html', 'text/html; charset=utf-8'],
    ['app://strobe/assets/index-1.js', '/opt/strobe/renderer/assets/index-1.js', 'text/javascript; charset=utf-8'],
    ['app://strobe/index.html?query#part', '/opt/strobe/renderer/index.html', 'text/html; charset=utf-8'],
    // The URL parser folds dots before they get here: what stays is inside.
    ['app://strobe/assets/../../../index.html', '/opt/strobe/renderer/index.html', 'text/html; charset=utf-8'],
    ['app://strobe/a%20b.css', '/opt/strobe/renderer/a b.css', 'text/css; charset=utf-8'],
  ])('%s', (url, file, contentType) => {
    expect(resolveAppUrl(url, folder)).toMatchObject({ file, contentType })
  })

  it.each([
    'app://strobe',
    'app://strobe/..%2f..%2fetc%2fpasswd.json',
    'app://strobe/%2e%2e/%2e%2e/secret.json%00.html',
    'app://strobe/a%00.html',
    'app://strobe/..%5c..%5csecret.json',
    'app://strobe/assets/..%2f..%2fmain/index.js',
    'app://strobe/%',
    'app://strobe/notes.txt',
    'app://strobe/.env',
    'app://other/index.html',
    'app://strobe.example/index.html',
    'file:///opt/strobe/renderer/index.html',
    'https://strobe/index.html',
    'index.html',
    '',
  ])('refuses %s', (url) => {
    expect(resolveAppUrl(url, folder)).toBeUndefined()
  })

  it('goes by path segments', () => {
    expect(isInside('/a/b/c', '/a/b')).toBe(true)
    expect(isInside('/a/b/..c', '/a/b')).toBe(true)
    expect(isInside('/a/bc', '/a/b')).toBe(false)
    expect(isInside('/a/b', '/a/b')).toBe(false)
    expect(isInside('/a', '/a/b')).toBe(false)
  })
})
