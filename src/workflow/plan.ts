import type { KnobValue } from './knob.ts'
import type { NodeModel, Patch, ResourceModel, WorkflowModel } from './model.ts'

/** A workflow with one variant applied and everything decided that can be decided before it runs. */
export interface Plan {
  readonly workflow: WorkflowModel
  /** `baseline` where none was asked for; `patched` for a patch without a name. */
  readonly variant: string
  readonly patch: Patch
  readonly params: Readonly<Record<string, unknown>>
  readonly maxConcurrency: number
  /** Values of all knobs, by address (`quotes`, `db`, `fit/step`). */
  readonly knobs: ReadonlyMap<string, Readonly<Record<string, KnobValue>>>
  /** Resources in an order in which each comes after those it uses. Only those that some node needs. */
  readonly resources: readonly ResourceModel[]
  /** Nodes of the top level in an order in which each comes after those it depends on. */
  readonly nodes: readonly NodeModel[]
}
