import {
  type ChangedNode,
  compareProfiles,
  type FunctionDifference,
  findCostShift,
  type ProfileDifference,
} from '../statistics/index.ts'
import type { Trace } from '../trace/index.ts'
import { functionsOf, type StackTree } from './call-tree.ts'
import type { FlameFrame } from './flame-layout.ts'
import { type FlameProfile, FlameUnion, type UnionOptions } from './flame-union.ts'

/** CPU time of one variant over the rows of a difference: means over its trials, in nanoseconds. */
export interface DifferenceSide {
  readonly self: Float64Array
  readonly inclusive: Float64Array
}

/** How a function's time changed, and how sure that is. Times in nanoseconds of CPU a trial. */
export interface FunctionTest {
  /** Candidate minus baseline, by samples, with its 95 % interval. */
  readonly delta: number
  readonly low: number
  readonly high: number
  /** The same shrunk towards none: for colours. */
  readonly shrunk: number
  /** Share of false discoveries among those at least as sure. */
  readonly q: number
  /** q ≤ 5 %. */
  readonly changed: boolean
  /** Holds for the whole family of functions at once (step-down maxT, 5 %). */
  readonly proven: boolean
}

/** A function on both sides. Times in nanoseconds of CPU a trial, means over the trials. */
export interface FunctionChange {
  /** Index into the difference's `frames`. */
  readonly frame: number
  readonly baseline: { readonly self: number; readonly inclusive: number }
  readonly candidate: { readonly self: number; readonly inclusive: number }
  /** `null`: too few samples to say anything. */
  readonly self: FunctionTest | null
  readonly inclusive: FunctionTest | null
  /** A function that took over this one's work, or gave it away: the change is a move, not a gain or loss. */
  readonly movedWith: number | null
}

/** What the profiles of two variants say: one tree over all trials, and every function's change. */
export interface FlameDifference {
  readonly frames: readonly FlameFrame[]
  /** As in a call tree: row 0 the root, callers before what they call. */
  readonly parent: Int32Array
  readonly frame: Int32Array
  readonly baseline: DifferenceSide
  readonly candidate: DifferenceSide
  /** Largest change of own time first. */
  readonly functions: readonly FunctionChange[]
  /** Blocks that have samples of both sides. */
  readonly blocks: number
  /** Samples over all trials. */
  readonly samples: { readonly baseline: number; readonly candidate: number }
  /** Why nothing is sure; `null` where something may be. */
  readonly reason: ProfileDifference['reason']
}

/** Collects the trials of two variants, block by block, and tells what changed. Traces need not be kept once they are added. */
export class FlameComparison {
  readonly #union: FlameUnion
  readonly #baseline: FlameProfile[] = []
  readonly #candidate: FlameProfile[] = []

  constructor({ match = 'place', trimmed = false }: Partial<UnionOptions> = {}) {
    this.#union = new FlameUnion({ match, trimmed })
  }

  /** Adds a block: one trial of each variant. One that lacks samples on a side is left out, and `false` is the answer. */
  add(baseline: Trace, candidate: Trace): boolean {
    if (!baseline.samples || !candidate.samples) return false
    this.#baseline.push(this.#union.add(baseline)!)
    this.#candidate.push(this.#union.add(candidate)!)
    return true
  }

  /** What changed; `null` where no block had samples. */
  finish(): FlameDifference | null {
    const blocks = this.#baseline.length
    if (blocks === 0) return null
    const { frames } = this.#union
    const [parent, frame] = [Int32Array.from(this.#union.parent), Int32Array.from(this.#union.frame)]
    const [before, after] = [this.#baseline, this.#candidate].map((profiles) => meansOf(parent, profiles))
    const [baseline, candidate] = [before!, after!]
    const all = [...this.#baseline, ...this.#candidate]
    const samples = all.reduce((sum, profile) => sum + profile.samples, 0)
    const perSample = samples > 0 ? all.reduce((sum, profile) => sum + profile.time, 0) / samples : 0
    const test = (counts: 'own' | 'within') => {
      const padded = (profiles: readonly FlameProfile[]) => profiles.map((one) => pad(one[counts], frames.length))
      const tested = compareProfiles(padded(this.#baseline), padded(this.#candidate))
      return { reason: tested.reason, of: new Map(tested.functions.map((one) => [one.index, inTime(one, perSample)])) }
    }
    const [own, within] = [test('own'), test('within')]
    const tree = { frames, parent, frame }
    const [selfBefore, selfAfter] = [functionTimes({ ...tree, ...baseline }), functionTimes({ ...tree, ...candidate })]
    const changed = new Set([...own.of].flatMap(([index, { changed }]) => (changed ? [index] : [])))
    const moves = findMoves(parent, frame, baseline, candidate, changed)
    const functions = frames.flatMap((_, index): FunctionChange[] => {
      // Functions that only led to what is looked at are in no stack.
      if (!(selfBefore[index]!.inclusive > 0 || selfAfter[index]!.inclusive > 0)) return []
      const change = {
        frame: index,
        baseline: selfBefore[index]!,
        candidate: selfAfter[index]!,
        self: own.of.get(index) ?? null,
        inclusive: within.of.get(index) ?? null,
        movedWith: moves.get(index) ?? null,
      }
      return [change]
    })
    const sizeOf = (change: FunctionChange) => Math.abs(change.candidate.self - change.baseline.self)
    functions.sort((a, b) => sizeOf(b) - sizeOf(a))
    return {
      ...{ ...tree, baseline, candidate, functions, blocks, reason: own.reason },
      samples: {
        baseline: this.#baseline.reduce((sum, profile) => sum + profile.samples, 0),
        candidate: this.#candidate.reduce((sum, profile) => sum + profile.samples, 0),
      },
    }
  }
}

/**
 * The rows of a difference as a tree to be laid out: as wide as one side, or as the one of both that has more, so that what is
 * only on one side is seen too.
 */
export function treeOfSide(
  difference: FlameDifference,
  side: 'baseline' | 'candidate' | 'both',
): StackTree<FlameFrame> {
  const { frames, parent, frame, baseline, candidate } = difference
  if (side !== 'both') return { frames, parent, frame, ...difference[side] }
  const self = baseline.self.map((time, row) => Math.max(time, candidate.self[row]!))
  return { frames, parent, frame, self, inclusive: sumUp(parent, self) }
}

function meansOf(parent: Int32Array, profiles: readonly FlameProfile[]): DifferenceSide {
  const self = new Float64Array(parent.length)
  for (const profile of profiles) {
    for (let row = 0; row < profile.self.length; row++) self[row]! += profile.self[row]! / profiles.length
  }
  return { self, inclusive: sumUp(parent, self) }
}

function sumUp(parent: Int32Array, self: Float64Array): Float64Array {
  const inclusive = self.slice()
  for (let row = parent.length - 1; row > 0; row--) inclusive[parent[row]!]! += inclusive[row]!
  return inclusive
}

function pad(counts: Float64Array, length: number): Float64Array {
  const padded = new Float64Array(length)
  padded.set(counts)
  return padded
}

function inTime(of: FunctionDifference, perSample: number): FunctionTest {
  const { delta, low, high, shrunk, q, changed, proven } = of
  return {
    ...{ delta: delta * perSample, low: low * perSample, high: high * perSample, shrunk: shrunk * perSample },
    ...{ q, changed, proven },
  }
}

/** Own and inclusive time of each function, in the order of the frames. */
function functionTimes(tree: StackTree<FlameFrame>): Array<{ readonly self: number; readonly inclusive: number }> {
  const rows = new Map(functionsOf(tree).map((row) => [row.frame, row]))
  return tree.frames.map((frame) => {
    const { self = 0, inclusive = 0 } = rows.get(frame) ?? {}
    return { self, inclusive }
  })
}

/** Function whose opposite change lies beside that of each changed one, where the two are one move. */
function findMoves(
  parent: Int32Array,
  frame: Int32Array,
  baseline: DifferenceSide,
  candidate: DifferenceSide,
  changed: ReadonlySet<number>,
): Map<number, number> {
  const nodes = Array.from(parent, (above, row): ChangedNode => {
    return {
      parent: above,
      selfChange: candidate.self[row]! - baseline.self[row]!,
      inclusiveChange: candidate.inclusive[row]! - baseline.inclusive[row]!,
    }
  })
  /** Row with the largest change of each changed function. */
  const rows = new Map<number, number>()
  for (let row = 1; row < nodes.length; row++) {
    if (!changed.has(frame[row]!)) continue
    const known = rows.get(frame[row]!)
    if (known === undefined || Math.abs(nodes[row]!.selfChange) > Math.abs(nodes[known]!.selfChange))
      rows.set(frame[row]!, row)
  }
  const moves = new Map<number, number>()
  for (const [own, row] of rows) {
    const shift = findCostShift(nodes, row)
    if (shift && frame[shift.counterpart] !== own) moves.set(own, frame[shift.counterpart]!)
  }
  return moves
}
