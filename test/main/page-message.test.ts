import { describe, expect, it } from 'vitest'
import { readPageMessage } from '../../src/main/page-message.ts'
import { isTrustedSender } from '../../src/main/sender-policy.ts'
import { notificationOf, themeOf } from '../../src/preload/page-signals.ts'

describe('what the page may say', () => {
  it.each([
    { type: 'ready' },
    { type: 'choose-folder' },
    { type: 'open-path', path: '/work/shop' },
    { type: 'notify', title: 'Finished', body: '' },
    { type: 'theme', theme: 'dark' },
  ])('$type', (message) => {
    expect(readPageMessage({ ...message, more: 'than that' })).toEqual(message)
  })

  it.each([
    undefined,
    null,
    'ready',
    {},
    { type: 'eval', code: '1' },
    { type: 'constructor' },
    { type: 'open-path' },
    { type: 'open-path', path: '' },
    { type: 'open-path', path: 'a\0b' },
    { type: 'open-path', path: ['/work'] },
    { type: 'open-path', path: 'x'.repeat(5000) },
    { type: 'notify', title: '', body: 'x' },
    { type: 'notify', title: 'x' },
    { type: 'notify', title: 'x'.repeat(101), body: '' },
    { type: 'notify', title: 'x', body: 'x'.repeat(301) },
    { type: 'theme', theme: 'pink' },
  ])('%o is nothing', (message) => {
    expect(readPageMessage(message)).toBeUndefined()
  })
})

describe('who may say it', () => {
  const page = { isOwnWindow: true, isMainFrame: true, url: 'app://strobe/index.html#/run/1' }
  it.each([
    ['the page', page, true],
    ['contents that are no window of ours', { ...page, isOwnWindow: false }, false],
    ['a frame in the page', { ...page, isMainFrame: false }, false],
    ['a page that is gone', { ...page, url: undefined }, false],
    ['another origin', { ...page, url: 'https://example.com/' }, false],
    ['another host of the scheme', { ...page, url: 'app://other/index.html' }, false],
    ['an empty page', { ...page, url: 'about:blank' }, false],
  ])('%s: %s', (_name, sender, trusted) => {
    expect(isTrustedSender(sender)).toBe(trusted)
  })
})

describe('what the preload takes from the page', () => {
  it('notifications, cut to length', () => {
    const taken = notificationOf({ strobe: 'notify', title: 't'.repeat(200), body: 'b'.repeat(400) })
    expect(taken).toEqual({ title: 't'.repeat(100), body: 'b'.repeat(300) })
    expect(readPageMessage({ type: 'notify', ...taken })).toBeDefined()
  })

  it.each([undefined, null, 'notify', { strobe: 'command', id: 'x' }, { strobe: 'notify', title: 1, body: '' }])(
    'not %o',
    (data) => {
      expect(notificationOf(data)).toBeUndefined()
    },
  )

  it.each([
    [undefined, 'system'],
    ['', 'system'],
    ['light', 'light'],
    ['dark', 'dark'],
    ['pink', 'system'],
  ])('the theme %s as %s', (attribute, theme) => {
    expect(themeOf(attribute)).toBe(theme)
  })
})
