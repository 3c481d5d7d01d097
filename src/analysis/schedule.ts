import type { Trace } from '../trace/index.ts'
import { type NodeDescription, type Patch, type WorkflowDescription, walkNodes } from '../workflow/index.ts'
import { integerKnob } from './knob-values.ts'
import { nameInLevel, RunParts } from './run-parts.ts'
import type { FlowNode, MapItem, Schedule, Step, Strand } from './schedule-model.ts'
import { modelResources, type ResourceModels } from './schedule-resources.ts'
import {
  buildSpanTree,
  childrenOf,
  enclosing,
  endOf,
  type Interval,
  kindIndex,
  type SpanTree,
  textOf,
} from './span-tree.ts'
import { isAside } from './thread-share.ts'

/**
 * Takes a run apart into a schedule. Needs a trace of level `standard` whose workflow span has ended; `null` otherwise.
 * `patch` is all that the run had set (`wholePatchOf`). The result makes a schedule for any `loopDelay`: how much of the time in
 * which other code had the thread, while a call was under way, is taken to have delayed that call, 0 to 1.
 */
export function takeApart(
  trace: Trace,
  description: WorkflowDescription,
  patch: Patch,
): ((loopDelay: number) => Schedule) | null {
  const tree = buildSpanTree(trace)
  if (tree.root < 0 || trace.spans.status[tree.root] === openStatus) return null
  const resources = modelResources(trace, description, patch)
  const parts = new RunParts(trace, tree, description, resources.unitsOf)
  const concurrency = new Map<string, number>()
  for (const { kind, path } of walkNodes(description.nodes)) {
    if (kind === 'map') concurrency.set(path, integerKnob(description, patch, path, 'concurrency') ?? 1)
  }
  return (loopDelay) => ({
    duration: trace.spans.duration[tree.root]!,
    flow: new Builder(parts, resources, loopDelay).flowOf(tree.root, description.nodes),
    resources: resources.list,
    maxConcurrency: integerKnob(description, patch, 'run', 'maxConcurrency') ?? Number.POSITIVE_INFINITY,
    concurrency,
    loopDelay,
  })
}

const openStatus = 3

/** A child or a stretch of self time, before it is a step. */
interface Part extends Interval {
  readonly steps: readonly Step[]
}

class Builder {
  readonly #parts: RunParts
  readonly #trace: Trace
  readonly #tree: SpanTree
  readonly #resources: ResourceModels
  readonly #loopDelay: number

  constructor(parts: RunParts, resources: ResourceModels, loopDelay: number) {
    this.#parts = parts
    this.#trace = parts.trace
    this.#tree = parts.tree
    this.#resources = resources
    this.#loopDelay = loopDelay
  }

  /** Nodes below `span` with the dependencies that `declared` gives them. */
  flowOf(span: number, declared: readonly NodeDescription[]): { nodes: FlowNode[]; tail: readonly Step[] } {
    const { spans } = this.#trace
    const children = [...childrenOf(this.#tree, span)].filter((child) => spans.kind[child] === kindIndex.node)
    const names = children.map((child) => nameInLevel(this.#trace, child))
    const selfSteps = new SelfSteps(this, span)
    const nodes = children.map((child, place): FlowNode => {
      const path = textOf(this.#trace, spans.name[child]!)
      const known = declared.find((node) => node.path === path)
      const needed = known
        ? children.flatMap((_, other) => (known.from.includes(names[other]!) && other < place ? [other] : []))
        : // What nobody described keeps the order that was seen.
          children.flatMap((other, at) => (endOf(this.#trace, other) <= spans.start[child]! ? [at] : []))
      return {
        path,
        after: needed,
        lead: selfSteps.upTo(spans.start[child]!),
        holdsSlot: known?.kind !== 'cycle',
        body: this.strandOf(child),
      }
    })
    return { nodes, tail: selfSteps.upTo(Number.POSITIVE_INFINITY) }
  }

  /** What happened below `span`, with the order in which it was seen. */
  strandOf(span: number): Strand {
    const { spans } = this.#trace
    const children = [...childrenOf(this.#tree, span)].filter((child) => !isAside(this.#trace, child))
    const items = children.filter((child) => spans.kind[child] === kindIndex.item)
    const known =
      spans.kind[span] === kindIndex.node ? this.#parts.nodes.get(textOf(this.#trace, spans.name[span]!)) : undefined
    if (items.length > 0) return sequence([this.#mapOf(span, items)])
    const parts: Part[] = this.selfTimesOf(span).map((self) => ({
      ...self,
      steps: this.selfSteps(span, self),
    }))
    for (const child of children) parts.push(this.#partOf(child, span, known))
    return strandFrom(parts)
  }

  /** A stretch of self time as steps: what ran on the thread, and what only passed. */
  selfSteps(span: number, self: Interval): Step[] {
    const length = self.end - self.start
    const node = enclosing(this.#trace, span, 'node')
    const path = node < 0 ? '' : textOf(this.#trace, this.#trace.spans.name[node]!)
    if (this.#trace.spans.thread[span] !== 0) return [{ kind: 'gap', path, cpu: 0, time: length }]
    const { ranShare } = this.#parts.busynessAt(span)
    const cpu = this.#parts.share.within(self) * ranShare
    return [ranShare < 1 ? { kind: 'gap', path, cpu, time: length * (1 - ranShare) } : { kind: 'cpu', time: cpu }]
  }

  selfTimesOf(span: number): readonly Interval[] {
    return this.#parts.selfTimesOf(span)
  }

  #partOf(child: number, parent: number, known: NodeDescription | undefined): Part {
    const { spans } = this.#trace
    const interval = { start: spans.start[child]!, end: endOf(this.#trace, child) }
    if (spans.kind[child] === kindIndex.call) {
      const detached = interval.end > endOf(this.#trace, parent)
      const { cpuPerUnit } = this.#parts.busynessAt(child)
      const about = { cpuPerUnit, detached, loopDelay: this.#loopDelay, running: this.#parts.running }
      return { ...interval, steps: [this.#resources.stepOf(child, about)] }
    }
    if (spans.kind[child] === kindIndex.iteration) {
      return { ...interval, steps: [{ kind: 'flow', flow: this.flowOf(child, known?.nodes ?? []) }] }
    }
    return { ...interval, steps: [{ kind: 'strand', strand: this.strandOf(child) }] }
  }

  #mapOf(span: number, items: readonly number[]): Step {
    const { spans } = this.#trace
    const selfSteps = new SelfSteps(this, span)
    const ordered = items.toSorted((a, b) => spans.index[a]! - spans.index[b]!)
    return {
      kind: 'map',
      path: textOf(this.#trace, spans.name[span]!),
      items: ordered.map(
        (item): MapItem => ({ lead: selfSteps.upTo(spans.start[item]!), strand: this.strandOf(item) }),
      ),
      tail: selfSteps.upTo(Number.POSITIVE_INFINITY),
    }
  }
}

/** Hands out the self time of a span piece by piece, in the order of time. */
class SelfSteps {
  readonly #builder: Builder
  readonly #span: number
  readonly #times: readonly Interval[]
  #next = 0

  constructor(builder: Builder, span: number) {
    this.#builder = builder
    this.#span = span
    this.#times = builder.selfTimesOf(span)
  }

  /** What had ended by `time` and was not handed out yet. */
  upTo(time: number): Step[] {
    const steps: Step[] = []
    while (this.#next < this.#times.length && this.#times[this.#next]!.end <= time) {
      steps.push(...this.#builder.selfSteps(this.#span, this.#times[this.#next++]!))
    }
    return steps
  }
}

/** Steps one after the other. */
function sequence(steps: readonly Step[]): Strand {
  const places = Uint32Array.from(steps, (_, place) => place)
  return { steps, needs: places, endOrder: places }
}

function strandFrom(parts: readonly Part[]): Strand {
  const byStart = parts.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const flat = byStart.map(({ steps, ...interval }) => ({
    ...interval,
    step: steps.length === 1 ? steps[0]! : ({ kind: 'strand', strand: sequence(steps) } as const),
  }))
  const ends = flat.map((_, place) => place).sort((a, b) => flat[a]!.end - flat[b]!.end || a - b)
  const endOrder = new Uint32Array(flat.length)
  for (const [rank, place] of ends.entries()) endOrder[place] = rank
  let ended = 0
  const needs = Uint32Array.from(flat, ({ start }, place) => {
    // A step of no length that starts where it ends must not wait for itself.
    while (ended < ends.length && flat[ends[ended]!]!.end <= start && ends[ended]! < place) ended++
    return ended
  })
  return { steps: flat.map(({ step }) => step), needs, endOrder }
}
