import { expect, it } from 'vitest'
import { mayRestart } from '../../src/web/supervise.ts'

const minute = 60_000

it.each<[string, readonly number[], number, boolean]>([
  ['the first death', [0], 0, true],
  ['the third within a minute', [0, 1000, 2000], 2000, true],
  ['the fourth within a minute', [0, 1000, 2000, 3000], 3000, false],
  ['the fourth in a longer time', [0, 1000, 2000, minute], minute, true],
])('after %s (%j at %i) a server may be started again: %s', (_what, deaths, now, restarts) => {
  expect(mayRestart(deaths, now)).toBe(restarts)
})
