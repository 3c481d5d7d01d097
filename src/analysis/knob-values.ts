import type { RunRecord } from '../trace/index.ts'
import {
  type KnobDeclarations,
  mergePatches,
  type Patch,
  type WorkflowDescription,
  walkNodes,
} from '../workflow/index.ts'

/** Everything that a run had set: the patch of the variant that the workflow names, and the run's own on top of it. */
export function wholePatchOf(record: Pick<RunRecord, 'variant' | 'patch'>, description: WorkflowDescription): Patch {
  const named = description.variants.find(({ name }) => name === record.variant)
  return mergePatches(named?.patch ?? {}, record.patch)
}

/** Knobs that are declared at an address: of a node, a resource, or `run`. `undefined` where nothing has that address. */
export function knobsAt(description: WorkflowDescription, address: string): KnobDeclarations | undefined {
  if (address === 'run') return description.runKnobs
  for (const node of walkNodes(description.nodes)) if (node.path === address) return node.knobs
  return description.resources.find(({ name }) => name === address)?.knobs
}

/** The whole-numbered value of a knob under a patch, or `undefined` where no such knob is declared. */
export function integerKnob(
  description: WorkflowDescription,
  patch: Patch,
  address: string,
  name: string,
): number | undefined {
  const declared = knobsAt(description, address)?.[name]
  if (declared?.type !== 'integer') return undefined
  const patched = patch[address]?.[name]
  return typeof patched === 'number' ? patched : declared.default
}
