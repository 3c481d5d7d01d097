import { describe, expect, it } from 'vitest'
import { decideRequest, hostsOf, maySocketOpen, type RequestFacts } from '../../src/web/request-policy.ts'

const hosts = hostsOf(4711)
const own: RequestFacts = { method: 'GET', target: '/', hosts: ['127.0.0.1:4711'], hasSession: true }

describe('a request', () => {
  it.each<[string, Partial<RequestFacts>, object]>([
    ['the page', {}, { kind: 'page', file: { path: 'index.html' } }],
    ['its head', { method: 'HEAD' }, { kind: 'page' }],
    ['the page, with a query', { target: '/?a=b' }, { kind: 'page', file: { path: 'index.html' } }],
    ['a file', { target: '/assets/a.js' }, { kind: 'page', file: { path: 'assets/a.js' } }],
    ['a blob', { target: '/blob/a' }, { kind: 'blob', request: { id: 'a', isPreview: false } }],
    ['a preview', { target: '/blob/a?preview' }, { kind: 'blob', request: { id: 'a', isPreview: true } }],
    ['nothing', { target: '/none' }, { kind: 'missing' }],
    ['the socket without an upgrade', { target: '/socket' }, { kind: 'missing' }],
    ['another method', { method: 'POST' }, { kind: 'wrong-method' }],
    ['another method for nothing', { method: 'DELETE', target: '/none' }, { kind: 'wrong-method' }],
    ['a method in small letters', { method: 'get' }, { kind: 'wrong-method' }],
    ['a token', { target: '/?token=x' }, { kind: 'exchange', token: 'x', hasSession: true }],
    ['an empty token', { target: '/?token=' }, { kind: 'exchange', token: '' }],
    ['a token, by a stranger', { target: '/?token=x', hasSession: false }, { kind: 'exchange', hasSession: false }],
    ['a token elsewhere', { target: '/a?token=x', hasSession: false }, { kind: 'refuse' }],
    ['no session', { hasSession: false }, { kind: 'refuse' }],
    ['no session, for nothing', { target: '/none', hasSession: false }, { kind: 'refuse' }],
    ['no session, another method', { method: 'POST', hasSession: false }, { kind: 'refuse' }],
    ['another host', { hosts: ['a.example'] }, { kind: 'refuse' }],
    ['another host, with a token', { hosts: ['a.example'], target: '/?token=x' }, { kind: 'refuse' }],
    ['no host', { hosts: [] }, { kind: 'refuse' }],
    ['two hosts', { hosts: ['127.0.0.1:4711', '127.0.0.1:4711'] }, { kind: 'refuse' }],
    ['localhost', { hosts: ['LocalHost:4711'] }, { kind: 'page' }],
    ['typed by the user', { site: 'none' }, { kind: 'page' }],
    ['by the page', { site: 'same-origin', target: '/blob/a' }, { kind: 'blob' }],
    ['by another port', { site: 'same-site', target: '/blob/a' }, { kind: 'refuse' }],
    ['by another site', { site: 'cross-site', target: '/blob/a' }, { kind: 'refuse' }],
    ['by who knows', { site: '', target: '/blob/a' }, { kind: 'refuse' }],
    ['a link to the page', { site: 'same-site', mode: 'navigate', destination: 'document' }, { kind: 'page' }],
    ['a frame of the page', { site: 'same-site', mode: 'navigate', destination: 'iframe' }, { kind: 'refuse' }],
    ['the page as data', { site: 'same-site', mode: 'cors', destination: 'empty' }, { kind: 'refuse' }],
    ['no path', { target: '' }, { kind: 'missing' }],
    ['all of the server', { target: '*' }, { kind: 'missing' }],
    ['a whole address', { target: 'http://127.0.0.1:4711/' }, { kind: 'missing' }],
    ['a line feed', { target: '/\n?token=x' }, { kind: 'missing' }],
  ])('for %s', (_what, facts, decision) => {
    expect(decideRequest({ ...own, ...facts }, hosts)).toMatchObject(decision)
  })

  it('needs the port, but for the one that browsers leave out', () => {
    expect(hostsOf(4711)).toEqual(new Set(['127.0.0.1:4711', 'localhost:4711']))
    expect(hostsOf(80)).toEqual(new Set(['127.0.0.1:80', '127.0.0.1', 'localhost:80', 'localhost']))
  })
})

describe('a socket', () => {
  const socket: RequestFacts = { ...own, target: '/socket', origin: 'http://127.0.0.1:4711' }

  it.each<[string, Partial<RequestFacts>, boolean]>([
    ['of the page', {}, true],
    ['of the page by its other name', { hosts: ['localhost:4711'], origin: 'http://localhost:4711' }, true],
    ['of the page under two names', { origin: 'http://localhost:4711' }, false],
    ['of another port', { origin: 'http://127.0.0.1:80' }, false],
    ['of another site', { origin: 'http://a.example' }, false],
    ['of nobody', { origin: undefined }, false],
    ['without a session', { hasSession: false }, false],
    ['by another host', { hosts: ['a.example'], origin: 'http://a.example' }, false],
    ['by no host', { hosts: [], origin: 'http://undefined' }, false],
    ['elsewhere', { target: '/' }, false],
    ['by another method', { method: 'POST' }, false],
  ])('%s: %s', (_what, facts, allowed) => {
    expect(maySocketOpen({ ...socket, ...facts }, hosts)).toBe(allowed)
  })
})
