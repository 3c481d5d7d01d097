import type { CycleSummary } from '../../trace/index.ts'
import type { CallbackInputs, Plan } from '../../workflow/index.ts'
import type { Capture } from '../capture/capture.ts'
import type { IterationProbe } from '../capture/iteration-probe.ts'
import type { Deadlines } from '../deadline-cell.ts'
import type { TrialProgress } from '../messages.ts'
import type { Slots } from './slots.ts'

/** Everything that the parts of one run share while it is executed. */
export interface Execution {
  readonly plan: Plan
  readonly capture: Capture
  readonly iterations: IterationProbe
  readonly deadlines: Deadlines
  readonly slots: Slots
  /** Open resources by name. */
  readonly resources: ReadonlyMap<string, unknown>
  readonly seed: number
  /** What `now()` answers, milliseconds since 1970. */
  readonly now: number
  /** Milliseconds between an aborted signal and giving up on code that does not heed it. */
  readonly grace: number
  /** Ended cycles, for the run's record; the executor adds to it. */
  readonly cycles: CycleSummary[]
  /** Live progress; may be called at any rate. */
  readonly report: (progress: Omit<TrialProgress, 'runId'>) => void
  readonly log: (line: string) => void
  /** Called when a node of the top level has ended. */
  readonly nodeEnded: (path: string, error?: unknown) => void
}

/** What surrounds a node that is executed: the run itself, or one turn of a cycle. */
export interface Scope {
  /** Outputs of nodes that have ended, by name. */
  readonly outputs: Map<string, unknown>
  /** What else callbacks get here: `state` and `iteration` inside a cycle. */
  readonly extras: CallbackInputs
  readonly signal: AbortSignal
  /** Span of the surrounding. */
  readonly span: number
  /** Whether this is one turn of a cycle: then nothing but its own work may happen before it ends. */
  readonly isTurn: boolean
  /** Tells apart the random numbers of different turns. */
  readonly turn: number
}
