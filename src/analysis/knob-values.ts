import type { KnobDeclarations, Patch, WorkflowDescription } from '../workflow/index.ts'
import { walkNodes } from '../workflow/index.ts'

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
