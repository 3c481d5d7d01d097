import type { Diagnostic, Place } from '../base/index.ts'
import { cycleSymbol } from './cycle-language.ts'
import {
  type Declaration,
  limitsOf,
  mapModel,
  nodeParts,
  note,
  readDeclaration,
  refuseToRun,
  taskModel,
} from './declare.ts'
import type { CycleModel, Goal, NodeModel } from './model.ts'
import { capturePlace } from './place.ts'

type Callback = (...inputs: never[]) => unknown

/** What a cycle's chain has declared so far. */
interface CycleDraft {
  readonly start?: Callback
  readonly nodes: readonly NodeModel[]
  readonly next?: Callback
  readonly metric?: CycleModel['metric']
  readonly until?: Callback
  readonly limits?: CycleModel['limits']
  readonly problems: readonly Diagnostic[]
}

/** Builds a cycle by handing its callback a chain of its own. */
export function cycleModel(declaration: Declaration): CycleModel {
  const chain = new CycleChain(`${declaration.path}/`, declaration, { nodes: [], problems: [] })
  const build = declaration.run as (cycle: CycleChain) => unknown
  const missing = (build as unknown) === refuseToRun
  const built = missing ? chain : build(chain)
  if (!(built instanceof CycleChain)) {
    const mend = 'Write it as an expression: (cycle) => cycle.start(…)….limits(…).'
    note(
      declaration,
      'workflow.incomplete-cycle',
      `The callback of the ${declaration.title} does not return its chain.`,
      mend,
    )
  }
  const draft = built instanceof CycleChain ? built[cycleSymbol] : chain[cycleSymbol]
  declaration.problems.push(...draft.problems)
  for (const part of ['start', 'next'] as const) {
    if (draft[part] || !(built instanceof CycleChain) || missing) continue
    note(declaration, 'workflow.incomplete-cycle', `The ${declaration.title} has no ${part}.`, `Add .${part}(…) to it.`)
  }
  return {
    kind: 'cycle',
    ...nodeParts(declaration),
    start: (draft.start ?? refuseToRun) as CycleModel['start'],
    nodes: draft.nodes,
    next: (draft.next ?? refuseToRun) as CycleModel['next'],
    ...(draft.metric ? { metric: draft.metric } : {}),
    ...(draft.until ? { until: draft.until as NonNullable<CycleModel['until']> } : {}),
    limits: draft.limits ?? {},
  }
}

/** The chain that a cycle's callback gets. Immutable: every method returns a new one. Its types are in cycle-language.ts. */
class CycleChain {
  readonly [cycleSymbol]: CycleDraft
  readonly #prefix: string
  readonly #owner: Declaration

  constructor(prefix: string, owner: Declaration, draft: CycleDraft) {
    this.#prefix = prefix
    this.#owner = owner
    this[cycleSymbol] = draft
  }

  start(start: unknown): CycleChain {
    return this.#withCallback('start', start)
  }

  task(...args: unknown[]): CycleChain {
    return this.#withNode(readDeclaration('task', this.#prefix, args), taskModel)
  }

  map(...args: unknown[]): CycleChain {
    return this.#withNode(readDeclaration('map', this.#prefix, args), mapModel)
  }

  cycle(...args: unknown[]): CycleChain {
    return this.#withNode(readDeclaration('cycle', this.#prefix, args), cycleModel)
  }

  next(next: unknown): CycleChain {
    return this.#withCallback('next', next)
  }

  metric(name: unknown, of: unknown, goal: unknown): CycleChain {
    const chain = this.#withCallback('metric', of)
    if (typeof of !== 'function') return chain
    const metric = { name: String(name), of, goal: (goal ?? {}) as Goal } as NonNullable<CycleModel['metric']>
    return chain.#with({ metric })
  }

  until(until: unknown): CycleChain {
    return this.#withCallback('until', until)
  }

  limits(limits: unknown): CycleChain {
    const where = this.#reporter('limits', capturePlace())
    const written = typeof limits === 'object' && limits !== null ? (limits as Record<string, unknown>) : {}
    return this.#with({ limits: limitsOf(where, written) }, where.problems)
  }

  #withNode(declaration: Declaration, make: (declaration: Declaration) => NodeModel): CycleChain {
    const node = make(declaration)
    return this.#with({ nodes: [...this[cycleSymbol].nodes, node] }, declaration.problems)
  }

  #withCallback(part: 'start' | 'next' | 'metric' | 'until', callback: unknown): CycleChain {
    const where = this.#reporter(part, capturePlace())
    if (typeof callback === 'function') return this.#with(part === 'metric' ? {} : { [part]: callback }, where.problems)
    const message = `The ${where.title} has .${part}(…) without a function.`
    note(where, 'workflow.no-function', message, `Give .${part}(…) a function.`)
    return this.#with({ [part]: refuseToRun }, where.problems)
  }

  /** Whom problems of a part belong to. A part that is declared a second time is one. */
  #reporter(part: keyof CycleDraft, place: Place | undefined) {
    const where = { title: this.#owner.title, problems: [] as Diagnostic[], ...(place ? { place } : {}) }
    if (this[cycleSymbol][part] !== undefined) {
      note(where, 'workflow.duplicate-part', `The ${where.title} has .${part}(…) twice.`, 'Leave one of them out.')
    }
    return where
  }

  #with(change: Partial<CycleDraft>, problems: readonly Diagnostic[] = []): CycleChain {
    const draft = this[cycleSymbol]
    return new CycleChain(this.#prefix, this.#owner, {
      ...draft,
      ...change,
      problems: [...draft.problems, ...problems],
    })
  }
}
