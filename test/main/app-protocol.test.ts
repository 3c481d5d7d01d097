import { describe, expect, it } from 'vitest'
import { appPlaceOf, appStartUrl, isInside } from '../../src/main/app-protocol.ts'

describe('what an address under app:// names', () => {
  it.each([
    [appStartUrl, 'page'],
    ['app://strobe/', 'page'],
    ['app://strobe/index.html#/run/7?from=1', 'page'],
    ['app://strobe/index.html?query#part', 'page'],
    // The URL parser folds dots before they get here: what stays is inside.
    ['app://strobe/assets/../../../index.html', 'page'],
    ['app://strobe/assets/index-1.js', 'file'],
    ['app://strobe/blob/trace-7', 'blob'],
    ['app://strobe/blob/report-7.html?preview', 'blob'],
  ])('%s is a %s', (url, kind) => {
    expect(appPlaceOf(url)?.kind).toBe(kind)
  })

  it('a blob keeps how it was asked for', () => {
    expect(appPlaceOf('app://strobe/blob/report-7?preview')).toEqual({
      kind: 'blob',
      request: { id: 'report-7', isPreview: true },
    })
  })

  it.each([
    'app://strobe/..%2f..%2fetc%2fpasswd.json',
    'app://strobe/%2e%2e/%2e%2e/secret.json%00.html',
    'app://strobe/a%00.html',
    'app://strobe/..%5c..%5csecret.json',
    'app://strobe/assets/..%2f..%2fmain/index.js',
    'app://strobe/%',
    'app://strobe/notes.txt',
    'app://strobe/.env',
    'app://strobe/blob/',
    'app://strobe/blob/..%2fsecret',
    'app://other/index.html',
    'app://user@strobe/index.html',
    'app://:secret@strobe/blob/trace-7',
    'app://strobe.example/index.html',
    'file:///opt/strobe/renderer/index.html',
    'https://strobe/index.html',
    'index.html',
    '',
  ])('%s is nothing', (url) => {
    expect(appPlaceOf(url)).toBeUndefined()
  })
})

describe('what lies in a folder', () => {
  it('goes by path segments', () => {
    expect(isInside('/a/b/c', '/a/b')).toBe(true)
    expect(isInside('/a/b/..c', '/a/b')).toBe(true)
    expect(isInside('/a/bc', '/a/b')).toBe(false)
    expect(isInside('/a/b', '/a/b')).toBe(false)
    expect(isInside('/a', '/a/b')).toBe(false)
  })
})
