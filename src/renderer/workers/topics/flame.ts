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
  isOwnCode,
  layOutSpans,
  leaveOutNodes,
  linesOfFunction,
  type Neighbour,
  neighboursOf,
  sandwichOf,
  trimCallers,
} from '../../../analysis/index.ts'
import type { Trace } from '../../../trace/index.ts'
import { buildPicture, columnsOf, type FlamePicture } from '../../charts/flame/flame-picture.ts'
import type { TimeRange } from '../clip-trace.ts'
import { handOver } from '../hand-over.ts'
import type { LoadedTrace } from '../loaded-trace.ts'

/** What of a run's samples is looked at, and how. */
export interface FlameScope {
  /** Stacks begin at the outermost function of one's own or of a package, where they hold one. */
  readonly trimmed: boolean
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
  /** Rows of the picture are rows of this tree. */
  readonly tree: FlameTree
  /** `null` where spans are to be shown on the clock: at one moment there may be many. */
  readonly picture: FlamePicture | null
  /** Most own time first. */
  readonly functions: readonly FlameFunction[]
  /** What there is before anything is hidden; `null` for spans. */
  readonly parts: CpuParts | null
  /** Where the clock counts from, in nanoseconds since the trace's origin: the workflow's start. */
  readonly zero: number
  /** Nanoseconds between samples that were asked for; `null` for spans. */
  readonly interval: number | null
}

/** How rectangles are put in order: on the clock, or merged with the heaviest on the left. */
export type FlameOrder = 'time' | 'weight'

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
    graph(scope: FlameScope, order: FlameOrder): FlameAnswer {
      const { trace, calls, tree, functions, parts } = keep(scope)
      const rectangles = order === 'weight' ? arrangeByWeight(tree) : calls && arrangeByTime(trace, calls)
      const picture = rectangles && buildPicture(rectangles)
      const root = loaded.whole.tree.root
      const zero = root < 0 ? 0 : loaded.trace.spans.start[root]!
      const answer = { tree, picture, functions, parts, zero, interval: trace.samples?.interval ?? null }
      return picture ? handOver(answer, columnsOf(picture)) : answer
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
  readonly functions: readonly FlameFunction[]
  readonly parts: CpuParts | null
}

function look(loaded: LoadedTrace, { range, node, hidden, trimmed }: FlameScope): Kept {
  const view = loaded.within(range)
  const { trace } = view
  const all = node === null ? view.calls : buildCallTree(trace, { node })
  if (all === null) {
    const tree = flameTreeOfSpans(layOutSpans(trace, view.tree))
    return { trace, calls: null, tree, functions: functionsIn(tree), parts: null }
  }
  const [origins, files] = [new Set<string>(hidden.origin), new Set(hidden.file)]
  const kept = foldFrames(leaveOutNodes(trace, all, hidden.node), (frame) => {
    return origins.has(frame.origin) || files.has(frame.file)
  })
  const calls = trimmed ? trimCallers(kept, isOwnCode) : kept
  // What called a function counts for its callers also where the picture leaves it out.
  const functions = functionsIn(flameTreeOf(trace, kept))
  return { trace, calls, tree: flameTreeOf(trace, calls), functions, parts: divideCpu(trace, all) }
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
