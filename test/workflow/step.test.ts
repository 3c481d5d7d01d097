import { step } from 'strobe'
import { afterEach, expect, it } from 'vitest'

const recorder = Symbol.for('strobe.step')
const scope = globalThis as Record<symbol, unknown>

afterEach(() => {
  delete scope[recorder]
})

it('step only calls the function where nobody records', async () => {
  expect(step('a', () => 5)).toBe(5)
  await expect(step('a', async () => 6)).resolves.toBe(6)
})

it('step asks the recorder that a runtime installed', () => {
  const names: string[] = []
  scope[recorder] = (name: string, run: () => unknown) => {
    names.push(name)
    return run()
  }
  expect(step('load', () => 7)).toBe(7)
  expect(names).toEqual(['load'])
})
