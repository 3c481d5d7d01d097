import { describe, expect, it } from 'vitest'
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
