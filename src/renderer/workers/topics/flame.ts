import {
  arrangeByTime,
  arrangeByWeight,
  buildCallTree,
  type CallTree,
  type CpuParts,
  divideCpu,
  type FlameTree,
  type FunctionLines,
  flameTreeOf,
  flameTreeOfSpans,
  foldFrames,
  functionsOf,
  layOutSpans,
  leaveOutNodes,
  linesOfFunction,
  type Neighbour,
  neighboursOf,
  sandwichOf,
} from '../../../analysis/index.ts'
import type { Trace } from '../../../trace/index.ts'
import { buildPicture, columnsOf, type FlamePicture } from '../../charts/flame/flame-picture.ts'
import type { TimeRange } from '../clip-trace.ts'
import { handOver } from '../hand-over.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** What of a run's samples is looked at. */
export interface FlameScope {
  readonly range: TimeRange | null
  /** Samples of this node and of those inside of it only. */
  readonly node: string | null
  /** Functions of these origins or files count for whoever called them; samples of these nodes are left out. */
  readonly hidden: {
    readonly origin: readonly string[]
    readonly file: readonly string[]
    readonly node: readonly string[]
  }
}

/** A function over all its stacks. */
export interface FlameFunction {
  /** Index into the tree's `frames`: the same in every scope of a run. */
  readonly frame: number
  /** Nanoseconds. */
  readonly self: number
  readonly inclusive: number
  /** Samples in which it was executing itself, and in which it was on the stack; 0 for spans. */
  readonly ownSamples: number
  readonly samples: number
}

export interface FlameAnswer {
  readonly tree: FlameTree
  /** Most own time first. */
  readonly functions: readonly FlameFunction[]
  /** What there is before anything is hidden; `null` for spans. */
  readonly parts: CpuParts | null
  /** Nanoseconds between samples that were asked for; `null` for spans. */
  readonly interval: number | null
}

/** One side of a sandwich, laid out. */
export interface SandwichSide {
  readonly tree: FlameTree
  readonly picture: FlamePicture
  readonly neighbours: readonly Neighbour[]
}

/** The last scopes that were looked at: going back costs nothing. */
const mostKept = 4

/** The samples of a run as flame graphs, or its spans where none were taken. */
export function flameTopic(loaded: LoadedTrace) {
  const kept = new Map<string, Kept>()
  const keep = (scope: FlameScope): Kept => {
    const key = JSON.stringify(scope)
    const known = kept.get(key) ?? look(loaded, scope)
    kept.delete(key)
    kept.set(key, known)
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return known
  }
  return {
    tree(scope: FlameScope): FlameAnswer {
      const { trace, tree, parts } = keep(scope)
      return { tree, functions: functionsIn(tree), parts, interval: trace.samples?.interval ?? null }
    },
    /** `time`: on the clock, which spans have none of: `null`. `weight`: merged, the heaviest on the left. */
    picture(scope: FlameScope, order: 'time' | 'weight'): FlamePicture | null {
      const { trace, calls, tree } = keep(scope)
      if (order === 'weight') return handedOver(buildPicture(arrangeByWeight(tree)))
      return calls ? handedOver(buildPicture(arrangeByTime(trace, calls))) : null
    },
    /** What calls a function and what it calls. */
    sandwich(scope: FlameScope, frame: number): { readonly callers: SandwichSide; readonly callees: SandwichSide } {
      const { callers, callees } = sandwichOf(keep(scope).tree, frame)
      const side = (tree: FlameTree): SandwichSide => {
        return { tree, picture: buildPicture(arrangeByWeight(tree)), neighbours: neighboursOf(tree) }
      }
      return { callers: side(callers), callees: side(callees) }
    },
    /** Where in a function its own time went; `null` for spans. */
    lines(scope: FlameScope, frame: number): FunctionLines | null {
      const { trace, calls } = keep(scope)
      return calls && linesOfFunction(trace, calls, frame)
    },
  }
}

interface Kept {
  readonly trace: Trace
  readonly calls: CallTree | null
  readonly tree: FlameTree
  readonly parts: CpuParts | null
}

function look(loaded: LoadedTrace, { range, node, hidden }: FlameScope): Kept {
  const view = loaded.within(range)
  const { trace } = view
  const all = node === null ? view.calls : buildCallTree(trace, { node })
  if (all === null) {
    return { trace, calls: null, tree: flameTreeOfSpans(layOutSpans(trace, view.tree)), parts: null }
  }
  const [origins, files] = [new Set<string>(hidden.origin), new Set(hidden.file)]
  const calls = foldFrames(leaveOutNodes(trace, all, hidden.node), (frame) => {
    return origins.has(frame.origin) || files.has(frame.file)
  })
  return { trace, calls, tree: flameTreeOf(trace, calls), parts: divideCpu(trace, all) }
}

/** The same sums over times and over samples. */
function functionsIn(tree: FlameTree): FlameFunction[] {
  const place = new Map(tree.frames.map((frame, index) => [frame, index]))
  const asNumbers = (counts: Uint32Array) => Float64Array.from(counts)
  const counted = functionsOf({ ...tree, self: asNumbers(tree.ownCount), inclusive: asNumbers(tree.count) })
  const samples = new Map(counted.map((row) => [row.frame, row]))
  return functionsOf(tree).map(({ frame, self, inclusive }) => {
    const counts = samples.get(frame)
    const [ownSamples, all] = [counts?.self ?? 0, counts?.inclusive ?? 0]
    return { frame: place.get(frame)!, self, inclusive, ownSamples, samples: all }
  })
}

function handedOver(picture: FlamePicture): FlamePicture {
  return handOver(picture, columnsOf(picture))
}
