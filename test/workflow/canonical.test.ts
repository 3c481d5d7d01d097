import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalShape, previewCanonical, resultsAgree, writeCanonical } from '../../src/workflow/index.ts'

/** The canonical form as one text, bytes in hexadecimal between angle brackets; a refusal as a sentence. */
function canonical(value: unknown): string {
  let text = ''
  const refusal = writeCanonical(value, {
    text: (piece) => {
      text += piece
    },
    bytes: (bytes) => {
      text += `<${Buffer.from(bytes).toString('hex')}>`
    },
  })
  return refusal ? `${refusal.path} ${refusal.reason}` : text
}

function digest(value: unknown): string {
  const hash = createHash('sha256')
  writeCanonical(value, { text: (text) => hash.update(text), bytes: (bytes) => hash.update(bytes) })
  return hash.digest('hex')
}

describe('the canonical form', () => {
  it('does not depend on the order in which keys, Map entries and Set elements came', () => {
    expect(canonical({ b: 1, a: { d: 2, c: 3 } })).toBe('{"a":{"c":3,"d":2},"b":1}')
    expect(
      canonical(
        new Map([
          [20, 'x'],
          [3, 'y'],
        ]),
      ),
    ).toBe('Map{3=>"y",20=>"x"}')
    expect(canonical(new Set(['b', 'a', 1, { z: 1 }]))).toBe(canonical(new Set([{ z: 1 }, 1, 'a', 'b'])))
  })

  it('tells apart what JSON does not', () => {
    const values: unknown[] = [
      [undefined],
      [null],
      // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
      [,],
      [],
      [0],
      [-0],
      [Number.NaN],
      [Number.POSITIVE_INFINITY],
      ['NaN'],
      [1],
      [1n],
      ['1'],
      ['1n'],
      {},
      { a: undefined },
      new Map(),
      new Set(),
      new Map([['a', 1]]),
      { a: 1 },
      new Date(0),
      new Date(Number.NaN),
      'Date(0)',
      /a/g,
      /a/i,
      new Error('x'),
      new TypeError('x'),
      new Error('x', { cause: 1 }),
      new Uint8Array([1, 2]),
      new Int8Array([1, 2]),
      new Uint8Array([1, 2]).buffer,
      new DataView(new Uint8Array([1, 2]).buffer),
      [1, 2],
      new BigInt64Array([1n]),
      new Float64Array([1]),
      new Float64Array([0]),
      new Float64Array([-0]),
      Object(1),
      1,
      true,
      'true',
    ]
    const texts = values.map(canonical)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('writes each NaN as the same one, whatever its bits', () => {
    const bits = new BigUint64Array([0xfff8000000000001n])
    const strange = new Float64Array(bits.buffer)
    expect(strange[0]).toBeNaN()
    expect(canonical(strange)).toBe(canonical(new Float64Array([Number.NaN])))
    expect(bits[0]).toBe(0xfff8000000000001n)
  })

  it('writes long lists of numbers as bytes, and only those', () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index / 3)
    expect(canonical(numbers)).toMatch(/^numbers\(40\):<[0-9a-f]{640}>$/)
    expect(canonical([...numbers, 'x'])).toMatch(/^\[0,0\.333/)
    expect(canonical(numbers)).not.toBe(canonical(Float64Array.from(numbers)))
  })

  it('sees a part of a buffer as that part, and shared memory as memory', () => {
    const bytes = new Uint8Array([9, 1, 2, 9])
    expect(canonical(bytes.subarray(1, 3))).toBe(canonical(new Uint8Array([1, 2])))
    expect(canonical(Buffer.from([1, 2]))).toBe(canonical(new Uint8Array([1, 2])))
    expect(canonical(new Uint8Array(new SharedArrayBuffer(2)))).toBe(canonical(new Uint8Array(2)))
  })

  it('takes class instances for their properties', () => {
    class Point {
      x = 1
    }
    expect(canonical(new Point())).toBe('{"x":1}')
  })

  it('names the place of what has no canonical form', () => {
    class Secret {
      readonly #value: number
      constructor(value: number) {
        this.#value = value
      }
      read() {
        return this.#value
      }
    }
    const own: Record<string, unknown> = {}
    own.self = { inner: own }
    const inSet = new Set<unknown>()
    inSet.add({ inSet })
    expect(canonical({ rows: [1, 2, 3, { callback() {} }] })).toBe('result.rows[3].callback is a function')
    expect(canonical({ 'a b': Symbol('x') })).toBe('result["a b"] is a symbol')
    expect(canonical([Promise.resolve(1)])).toBe('result[0] is a promise')
    expect(canonical({ secret: new Secret(1) })).toBe(
      'result.secret is an instance of Secret, whose contents cannot be seen',
    )
    expect(canonical(new WeakMap())).toBe('result is an instance of WeakMap, whose contents cannot be seen')
    expect(canonical(own)).toBe('result.self.inner contains itself')
    expect(canonical(inSet)).toBe('result{item 0}.inSet contains itself')
    expect(canonical(new Map([['k', () => 1]]))).toBe('result.get("k") is a function')
    expect(
      canonical({
        get broken() {
          throw new Error('no luck')
        },
      }),
    ).toBe('result.broken cannot be read: no luck')
  })

  it('lets a value appear twice where it does not contain itself', () => {
    const shared = { x: 1 }
    expect(canonical([shared, shared])).toBe('[{"x":1},{"x":1}]')
  })

  it('refuses deep nesting and giant sparse arrays at once instead of overflowing', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 100_000; depth++) deep = { deep }
    expect(canonical(deep)).toMatch(/…\.deep.* is nested more than 1000 deep$/)
    expect(canonical(new Array(1e9))).toBe('result is an array of 1000000000 items')
    let sets: unknown = 1
    for (let depth = 0; depth < 100; depth++) sets = new Set([sets])
    expect(canonical(sets)).toMatch(/^Set\{Set\{/)
  })

  it('lets what the sink throws through', () => {
    const stop = new Error('enough')
    const sink = {
      text() {
        throw stop
      },
      bytes() {},
    }
    expect(() => writeCanonical('x', sink)).toThrow(stop)
  })

  it('is the same after structured cloning, for anything that clones', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withMap: true,
          withSet: true,
          withDate: true,
          withBigInt: true,
          withTypedArray: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (value) => {
          expect(canonical(structuredClone(value))).toBe(canonical(value))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('differs where values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = canonical(a) === canonical(b)
        let equal = true
        try {
          expect(a).toStrictEqual(b)
        } catch {
          equal = false
        }
        expect(same).toBe(equal)
      }),
      { numRuns: 300 },
    )
  })

  it('hands large values on in pieces', () => {
    const pieces: number[] = []
    const rows = Array.from({ length: 5000 }, (_, index) => ({ index, name: `row ${index}` }))
    writeCanonical(rows, { text: (text) => pieces.push(text.length), bytes() {} })
    expect(pieces.length).toBeGreaterThan(5)
    expect(Math.max(...pieces)).toBeLessThan(20_000)
    expect(digest(rows)).toBe(digest(structuredClone(rows)))
  })
})

describe('shape and numbers', () => {
  it('part a value into its text without numbers, and the numbers in its order', () => {
    const value = { b: [1, 2], a: new Map([['x', -0.5]]), f: new Float32Array([3, 4]), t: '7', n: 8n }
    const { shape, numbers } = canonicalShape(value)
    expect(shape).toBe('{"a":Map{"x"=>#},"b":[#,#],"f":Float32Array(2):#,"n":8n,"t":"7"}')
    expect([...numbers]).toEqual([-0.5, 1, 2, 3, 4])
  })

  it('hold every number of long lists', () => {
    const numbers = Array.from({ length: 5000 }, (_, index) => index)
    expect([...canonicalShape({ numbers, more: 1 }).numbers]).toEqual([1, ...numbers])
  })

  it('answer with the refusal where there is one', () => {
    expect(canonicalShape({ a: () => 1 }).refusal).toEqual({ path: 'result.a', reason: 'is a function' })
  })
})

describe('resultsAgree', () => {
  const of = (...numbers: number[]) => ({ shape: 's', numbers })

  it.each([
    [of(1), of(1 + 1e-10), 1e-9, true],
    [of(1), of(1 + 3e-9), 1e-9, false],
    [of(1e6), of(1e6 + 1e-4), 1e-9, true],
    [of(1e6), of(1e6 + 2e-3), 1e-9, false],
    [of(0), of(1e-10), 1e-9, true],
    [of(Number.NaN), of(Number.NaN), 1e-9, true],
    [of(Number.NaN), of(1), 1e-9, false],
    [of(Number.POSITIVE_INFINITY), of(Number.POSITIVE_INFINITY), 1e-9, true],
    [of(Number.POSITIVE_INFINITY), of(1e308), 1e-9, false],
    [of(1, 2), of(1), 1, false],
    [of(1), { shape: 'other', numbers: [1] }, 1, false],
    [of(1), { shape: 's' }, 1, false],
    [of(1), of(1), 0, true],
    [of(1), of(1 + 1e-15), 0, false],
  ])('%j and %j within %d: %s', (a, b, tolerance, agree) => {
    expect(resultsAgree(a, b, tolerance)).toBe(agree)
    expect(resultsAgree(b, a, tolerance)).toBe(agree)
  })

  it('goes by the digests where there is no tolerance', () => {
    expect(resultsAgree({ digest: 'x', shape: 'x' }, { digest: 'x', shape: 'x' })).toBe(true)
    expect(resultsAgree({ digest: 'x', shape: 's', numbers: [1] }, { digest: 'y', shape: 's', numbers: [1] })).toBe(
      false,
    )
    expect(resultsAgree({ digest: 'x', shape: 's', numbers: [1] }, { digest: 'y', shape: 's', numbers: [1] }, 1)).toBe(
      true,
    )
  })
})

describe('the preview', () => {
  it('shows the beginning of a value, for people', () => {
    expect(previewCanonical({ a: [1, -0, 'x'], 'b c': new Map([['k', null]]) }, 200)).toBe(
      '{ a: [1, -0, "x"], "b c": Map { "k" => null } }',
    )
    expect(previewCanonical(new Float64Array(1000), 2000)).toMatch(/^Float64Array \[0, 0, .*, … 950 more\]$/)
  })

  it('is bounded, looks only at what it shows, and never throws', () => {
    let read = 0
    const rows = Array.from({ length: 1000 }, () => ({
      get x() {
        return ++read
      },
    }))
    expect(previewCanonical(rows, 40)).toHaveLength(40)
    expect(read).toBeLessThan(20)
    const self: unknown[] = []
    self.push(self)
    expect(previewCanonical(self, 100)).toBe('[[[[[[…]]]]]]')
    const broken = {
      get broken() {
        throw new Error('no')
      },
    }
    expect(previewCanonical(broken, 100)).toBe('{ broken: …')
    fc.assert(fc.property(fc.anything(), (value) => previewCanonical(value, 50).length <= 50))
  })
})
