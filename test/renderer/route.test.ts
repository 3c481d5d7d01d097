import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf, type Route, routeOf, screenNames } from '../../src/renderer/state/route.ts'

describe('the address of a place in the studio', () => {
  it.each<[Route, string]>([
    [{ screen: 'workspace', query: {} }, '#/workspace'],
    [{ screen: 'run', id: 'r12', query: { from: '10', to: '20' } }, '#/run/r12?from=10&to=20'],
    [{ screen: 'compare', query: { tab: 'per node' } }, '#/compare?tab=per+node'],
    [{ screen: 'run', id: 'a/b?c', query: {} }, '#/run/a%2Fb%3Fc'],
  ])('%j is %s, and back', (route, hash) => {
    expect(hashOf(route)).toBe(hash)
    expect(routeOf(hash)).toEqual(route)
  })

  it('leads back to any place', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' })
    const query = fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      text,
      { noNullPrototype: true },
    )
    const place = fc.record({ screen: fc.constantFrom(...screenNames), id: text, query })
    fc.assert(fc.property(place, (route) => void expect(routeOf(hashOf(route))).toEqual(route)))
  })

  it.each(['', '#', '#/', '#/nowhere/x?y=1', '#//evil.example/', 'javascript:alert(1)'])(
    '%s is the workspace',
    (hash) => {
      expect(routeOf(hash)).toEqual({ screen: 'workspace', query: {} })
    },
  )

  it('survives what is no encoding', () => {
    expect(routeOf('#/run/%E0%A4%A')).toEqual({ screen: 'run', id: '%E0%A4%A', query: {} })
  })
})
