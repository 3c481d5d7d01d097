import { describe, expect, it } from 'vitest'
import { securityHeaders } from '../../src/main/content-security-policy.ts'
import { mayNavigate } from '../../src/main/navigation-policy.ts'
import { windowOptions } from '../../src/main/window-options.ts'

describe('navigation', () => {
  it.each([
    ['app://strobe/index.html', true],
    ['app://strobe/index.html#run', true],
    ['app://other/index.html', false],
    ['app://user@strobe/index.html', false],
    ['https://example.com/', false],
    ['http://localhost/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['blob:app://strobe/1', false],
    ['about:blank', false],
    ['', false],
  ])('%s: %s', (url, allowed) => {
    expect(mayNavigate(url)).toBe(allowed)
  })
})

describe('the content security policy', () => {
  const policy = securityHeaders()['content-security-policy'] ?? ''
  const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))

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
})

describe('the window', () => {
  it('is sandboxed and isolated', () => {
    expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    })
  })
})
