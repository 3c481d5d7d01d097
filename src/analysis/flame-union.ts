import type { Trace } from '../trace/index.ts'
import { buildCallTree, type CallTree, type Frame } from './call-tree.ts'
import { isOwnCode, trimCallers } from './flame-filter.ts'
import { type FlameFrame, frameOfFunction } from './flame-layout.ts'

/**
 * How functions of different traces are recognised as the same: `place`, with the line at which they begin; `name`, without, as
 * it takes when the source was changed between them.
 */
export type FrameMatch = 'place' | 'name'

export interface UnionOptions {
  readonly match: FrameMatch
  /** Stacks begin at the outermost function of one's own or of a package, where they hold one: see `trimCallers`. */
  readonly trimmed: boolean
}

/** One trace over the tree and the functions of a union. Traces that came earlier have shorter columns: the rest is 0. */
export interface FlameProfile {
  /** Own CPU time by row, in nanoseconds. */
  readonly self: Float64Array
  /** Samples by function: in which it was executing itself, and in which it was on the stack. */
  readonly own: Float64Array
  readonly within: Float64Array
  /** All samples and all CPU time, in nanoseconds. */
  readonly samples: number
  readonly time: number
}

/** One tree that holds the stacks of many traces. */
export class FlameUnion {
  readonly frames: FlameFrame[] = []
  readonly parent: number[] = [-1]
  readonly frame: number[] = [-1]
  readonly #options: UnionOptions
  readonly #known = new Map<string, number>()
  readonly #rowsByCaller = [new Map<number, number>()]

  constructor(options: UnionOptions) {
    this.#options = options
  }

  /** Takes in the stacks of a trace; `null` where it has no samples. */
  add(trace: Trace): FlameProfile | null {
    const whole = buildCallTree(trace)
    if (!whole) return null
    const tree = this.#options.trimmed ? trimCallers(whole, isOwnCode) : whole
    const rows = this.#rowsOf(tree)
    const counts = new Float64Array(this.parent.length)
    let samples = 0
    for (const row of tree.rowOfSample) {
      if (row < 0) continue
      samples++
      counts[rows[row]!]!++
    }
    const self = new Float64Array(this.parent.length)
    for (let row = 0; row < rows.length; row++) self[rows[row]!]! += tree.self[row]!
    const own = new Float64Array(this.frames.length)
    for (let row = 1; row < counts.length; row++) own[this.frame[row]!]! += counts[row]!
    for (let row = counts.length - 1; row > 0; row--) counts[this.parent[row]!]! += counts[row]!
    const within = new Float64Array(this.frames.length)
    for (let row = 1; row < counts.length; row++) {
      // A recursive function counts once.
      if (counts[row]! > 0 && !this.#isCalledBy(this.parent[row]!, this.frame[row]!))
        within[this.frame[row]!]! += counts[row]!
    }
    return { self, own, within, samples, time: tree.inclusive[0]! }
  }

  /** Row of the union for each row of a tree. */
  #rowsOf(tree: CallTree): Int32Array {
    const frames = tree.frames.map((frame) => this.#frameFor(frame))
    const rows = new Int32Array(tree.parent.length)
    for (let row = 1; row < rows.length; row++) {
      const caller = rows[tree.parent[row]!]!
      const frame = frames[tree.frame[row]!]!
      let own = this.#rowsByCaller[caller]!.get(frame)
      if (own === undefined) {
        own = this.parent.push(caller) - 1
        this.frame.push(frame)
        this.#rowsByCaller.push(new Map())
        this.#rowsByCaller[caller]!.set(frame, own)
      }
      rows[row] = own
    }
    return rows
  }

  #frameFor(frame: Frame): number {
    const { name, file, line, column, origin } = frame
    // Functions without a name have nothing but their place.
    const byPlace = this.#options.match === 'place' || name === '' || name === '(anonymous)'
    const key = [origin, name, file, ...(byPlace ? [line, column] : [])].join('\0')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.frames.length)
    return this.frames.push(frameOfFunction(frame)) - 1
  }

  #isCalledBy(row: number, frame: number): boolean {
    for (let current = row; current > 0; current = this.parent[current]!) if (this.frame[current] === frame) return true
    return false
  }
}
