import { StrobeError } from '../base/index.ts'

/** Deeper than any message of the contract; what is deeper contains itself, or was made to break something. */
const deepest = 200

/**
 * Sees to it that a value is what every transport carries without loss, so that a page gets the same in every shell: `null`,
 * booleans, numbers (also NaN and infinities), bigints, strings, plain objects, lists without holes, Float64Arrays, and `undefined` as the
 * value of a key. Throws `protocol.not-cloneable` with the place of the first thing that is none of it.
 */
export function requirePlain(value: unknown, name: string): void {
  const found = findForeign(value, deepest)
  if (!found) return
  const place = name + found.path.toReversed().join('')
  throw new StrobeError(
    'protocol.not-cloneable',
    `${place} is ${found.what}, which cannot be sent between the engine and the page. Send plain data: objects, lists, numbers and text.`,
    { data: { place, what: found.what } },
  )
}

interface Foreign {
  readonly what: string
  /** Steps to it, the last one first. */
  readonly path: string[]
}

function findForeign(value: unknown, depth: number): Foreign | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'function' || typeof value === 'symbol') return { what: `a ${typeof value}`, path: [] }
  if (typeof value !== 'object' || value instanceof Float64Array) return undefined
  if (depth === 0) return { what: 'nested too deeply, or contains itself', path: [] }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index]
      const found = item === undefined ? { what: 'a hole in a list', path: [] } : findForeign(item, depth - 1)
      if (found) return stepInto(found, `[${index}]`)
    }
    return undefined
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  // Plain objects of another realm have a prototype of their own, which is at the end of its chain too.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null
  if (!isPlain) return { what: `a ${nameOf(value)}`, path: [] }
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return { what: 'a function', path: ['.toJSON'] }
  for (const key of Object.keys(value)) {
    const found = findForeign((value as Record<string, unknown>)[key], depth - 1)
    if (found) return stepInto(found, `.${key}`)
  }
  return undefined
}

function stepInto(found: Foreign, step: string): Foreign {
  found.path.push(step)
  return found
}

function nameOf(value: object): string {
  const maker: unknown = value.constructor
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'object of a class'
}
