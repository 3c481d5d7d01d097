/** A value that has no canonical form: `result.rows[3].callback` `is a function`. */
export interface CanonicalRefusal {
  readonly path: string
  /** The rest of the sentence that the path begins. */
  readonly reason: string
}

/** Typed arrays whose elements are numbers, and arrays of numbers made into one. */
export interface NumberArray extends ArrayLike<number> {
  readonly buffer: ArrayBufferLike
  readonly byteOffset: number
  readonly byteLength: number
}

/** What a walk over a value puts out, in canonical order. */
export interface CanonicalOutput {
  text(text: string): void
  number(value: number): void
  /** All numbers of an array at once; their kind and count were put out as text before. */
  numbers(values: NumberArray): void
  bytes(bytes: Uint8Array): void
}

/** Deeper nesting is refused: it would not fit the stack of a thread that is already deep in user code. */
const deepest = 1000

/** More values than this in one result are refused rather than walked for minutes. Elements of number arrays do not count. */
const mostValues = 50_000_000

/** Arrays of at least so many numbers, and nothing else, are put out as bytes rather than digit by digit. */
const manyNumbers = 32

class Refused extends Error {}

/**
 * Walks a value in canonical order: keys of objects, Maps and Sets sorted; Map and Set elements by kind, then value. What
 * the output throws comes through; what has no canonical form is returned as a refusal.
 *
 * As in structured cloning, class instances count as their own enumerable properties, and symbol keys do not count. In
 * difference to it, cyclic structures are refused, named properties of arrays do not count, and of an Error its name,
 * message and cause count. An instance without a property to be seen is refused, because two that differ would be equal.
 */
export function walkCanonical(value: unknown, output: CanonicalOutput, root: string): CanonicalRefusal | undefined {
  const walk = new Walk(output, root)
  try {
    walk.value(value)
    return undefined
  } catch (thrown) {
    if (thrown instanceof Refused) return { path: walk.path(), reason: thrown.message }
    throw thrown
  }
}

class Walk {
  #output: CanonicalOutput
  /** The path to the value that is walked now: property names, indices, and steps that are neither. */
  readonly #path: (string | number | { readonly step: string })[]
  /** Property names as they are put out: quoting them anew for each of many objects costs more than all the rest. */
  readonly #quoted = new Map<string, string>()
  readonly #ancestors = new Set<object>()
  #values = 0

  constructor(output: CanonicalOutput, root: string) {
    this.#output = output
    this.#path = [{ step: root }]
  }

  path(): string {
    const parts = this.#path.map(pathText)
    return parts.length <= 24 ? parts.join('') : [...parts.slice(0, 12), '…', ...parts.slice(-12)].join('')
  }

  value(value: unknown): void {
    if (++this.#values > mostValues) throw new Refused(`is one of more than ${mostValues} values`)
    if (typeof value === 'number') this.#output.number(value)
    else if (typeof value === 'object' && value !== null) this.#object(value)
    else this.#output.text(primitiveText(value))
  }

  #object(object: object): void {
    if (this.#ancestors.has(object)) throw new Refused('contains itself')
    if (this.#ancestors.size >= deepest) throw new Refused(`is nested more than ${deepest} deep`)
    this.#ancestors.add(object)
    if (Array.isArray(object)) this.#array(object)
    else if (ArrayBuffer.isView(object)) this.#view(object)
    else if (object instanceof Map) this.#map(object)
    else if (object instanceof Set) this.#set(object)
    else if (object instanceof Error) this.#error(object)
    else this.#other(object)
    this.#ancestors.delete(object)
  }

  #array(array: readonly unknown[]): void {
    if (array.length >= manyNumbers && holdsNumbersOnly(array)) {
      this.#output.text(`numbers(${array.length}):`)
      this.#output.numbers(new Float64Array(array as number[]))
      return
    }
    // Not walked at all, so that a sparse array of a billion holes is an answer at once.
    if (array.length > mostValues - this.#values) throw new Refused(`is an array of ${array.length} items`)
    this.#output.text('[')
    for (let index = 0; index < array.length; index++) {
      if (index > 0) this.#output.text(',')
      if (index in array) this.#part(index, array[index])
      else this.#output.text('empty')
    }
    this.#output.text(']')
  }

  #view(view: ArrayBufferView): void {
    const kind = typedArrayName(view)
    if (kind === undefined) {
      this.#output.text(`DataView(${view.byteLength}):`)
      this.#output.bytes(bytesOf(view))
      return
    }
    const numbers = view as unknown as NumberArray
    this.#output.text(`${kind}(${numbers.length}):`)
    if (kind.startsWith('Big')) this.#output.bytes(bytesOf(view))
    else this.#output.numbers(numbers)
  }

  #map(map: ReadonlyMap<unknown, unknown>): void {
    this.#output.text('Map{')
    for (const [index, { value: key, replay }] of this.#sorted(map.keys()).entries()) {
      if (index > 0) this.#output.text(',')
      replay(this.#output)
      this.#output.text('=>')
      this.#part({ step: typeof key === 'object' ? `{value ${index}}` : `.get(${showKey(key)})` }, map.get(key))
    }
    this.#output.text('}')
  }

  #set(set: ReadonlySet<unknown>): void {
    this.#output.text('Set{')
    for (const [index, { replay }] of this.#sorted(set).entries()) {
      if (index > 0) this.#output.text(',')
      replay(this.#output)
    }
    this.#output.text('}')
  }

  /** Sorted by kind, numbers by their value, everything else by its canonical text. Each is walked once and can be put out later. */
  #sorted(values: Iterable<unknown>): readonly SortedItem[] {
    const items: SortedItem[] = []
    const output = this.#output
    for (const value of values) {
      const recording = new Recording()
      this.#output = recording
      this.#part({ step: `{item ${items.length}}` }, value)
      items.push({ value, text: recording.asText(), replay: (to) => recording.replay(to) })
    }
    this.#output = output
    return items.sort(
      (a, b) =>
        compare(typeof a.value, typeof b.value) ||
        (typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : 0) ||
        compare(a.text, b.text),
    )
  }

  #error(error: Error): void {
    this.#output.text(`Error(${JSON.stringify([String(error.name), String(error.message)])}`)
    if (error.cause !== undefined) {
      this.#output.text(',')
      this.#part('cause', error.cause)
    }
    this.#output.text(')')
  }

  #other(object: object): void {
    if (object instanceof Date) this.#output.text(`Date(${object.getTime()})`)
    else if (object instanceof RegExp) this.#output.text(`RegExp(${JSON.stringify([object.source, object.flags])})`)
    else if (object instanceof ArrayBuffer || isSharedBuffer(object)) {
      this.#output.text(`ArrayBuffer(${object.byteLength}):`)
      this.#output.bytes(bytesOf(new DataView(object)))
    } else if (object instanceof Number || object instanceof String || object instanceof Boolean) {
      this.#output.text(`${nameOf(object)}:`)
      this.value(object.valueOf())
    } else if (object instanceof Promise) throw new Refused('is a promise')
    else this.#properties(object)
  }

  #properties(object: object): void {
    const keys = Object.keys(object).sort(compare)
    if (keys.length === 0 && !isPlain(object)) {
      throw new Refused(`is an instance of ${nameOf(object)}, whose contents cannot be seen`)
    }
    this.#output.text('{')
    let first = true
    for (const key of keys) {
      this.#output.text(first ? this.#quote(key) : `,${this.#quote(key)}`)
      first = false
      this.#property(object, key)
    }
    this.#output.text('}')
  }

  #property(object: object, key: string): void {
    this.#path.push(key)
    this.value(readProperty(object, key))
    this.#path.pop()
  }

  /** Walks a part. When it is refused, the path stays as it was there. */
  #part(step: string | number | { readonly step: string }, value: unknown): void {
    this.#path.push(step)
    this.value(value)
    this.#path.pop()
  }

  #quote(key: string): string {
    const known = this.#quoted.get(key)
    if (known !== undefined) return known
    const quoted = `${JSON.stringify(key)}:`
    if (this.#quoted.size < 1000) this.#quoted.set(key, quoted)
    return quoted
  }
}

function pathText(part: string | number | { readonly step: string }): string {
  if (typeof part === 'object') return part.step
  if (typeof part === 'number') return `[${part}]`
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`
}

interface SortedItem {
  readonly value: unknown
  readonly text: string
  readonly replay: (output: CanonicalOutput) => void
}

/** Keeps what was put out, to compare it as text and to put it out later. */
class Recording implements CanonicalOutput {
  readonly #steps: ((output: CanonicalOutput) => void)[] = []

  text(text: string): void {
    this.#steps.push((output) => output.text(text))
  }

  number(value: number): void {
    this.#steps.push((output) => output.number(value))
  }

  numbers(values: NumberArray): void {
    this.#steps.push((output) => output.numbers(values))
  }

  bytes(bytes: Uint8Array): void {
    this.#steps.push((output) => output.bytes(bytes))
  }

  replay(output: CanonicalOutput): void {
    for (const step of this.#steps) step(output)
  }

  asText(): string {
    const parts: string[] = []
    this.replay(textOutput(parts))
    return parts.join('')
  }
}

function primitiveText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'bigint':
      return `${value}n`
    case 'function':
      throw new Refused('is a function')
    case 'symbol':
      throw new Refused('is a symbol')
    default:
      return String(value)
  }
}

function readProperty(object: object, key: string): unknown {
  try {
    return Reflect.get(object, key)
  } catch (thrown) {
    throw new Refused(`cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

/** An output that collects text, bytes in hexadecimal. */
export function textOutput(parts: string[]): CanonicalOutput {
  return {
    text: (text) => void parts.push(text),
    number: (value) => void parts.push(formatCanonicalNumber(value)),
    numbers: (values) => void parts.push(Array.from(values, formatCanonicalNumber).join(',')),
    bytes: (bytes) => void parts.push(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')),
  }
}

/** A number as the shortest text that reads back as the same number; −0 keeps its sign. */
export function formatCanonicalNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** The bytes of a view, copied only where they are shared between threads. */
export function bytesOf(view: ArrayBufferView | NumberArray): Uint8Array {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  return view.buffer instanceof ArrayBuffer ? bytes : bytes.slice()
}

function holdsNumbersOnly(array: readonly unknown[]): boolean {
  for (let index = 0; index < array.length; index++) if (typeof array[index] !== 'number') return false
  return true
}

/** `Float64Array` for one or a subclass of it; undefined for a DataView. */
function typedArrayName(view: ArrayBufferView): string | undefined {
  return Reflect.get(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag, view) as string | undefined
}

function isSharedBuffer(object: object): object is SharedArrayBuffer {
  return typeof SharedArrayBuffer !== 'undefined' && object instanceof SharedArrayBuffer
}

/** Made by a literal, of this or another realm, rather than by a class. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function nameOf(object: object): string {
  const made: unknown = object.constructor
  return typeof made === 'function' && made.name !== '' ? made.name : 'a class'
}

function showKey(key: unknown): string {
  return typeof key === 'string' ? JSON.stringify(key) : String(key)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
