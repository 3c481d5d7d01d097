import { StrobeError } from '../base/index.ts'
import type { Plan, ResourceModel } from '../workflow/index.ts'
import type { Capture } from './capture/capture.ts'
import { namingResource } from './capture/toolkit-calls.ts'
import { failureAt } from './execute/failure.ts'

/** The open resources of a run, in the order in which they were opened. */
export class OpenResources {
  readonly byName = new Map<string, unknown>()
  readonly #plan: Plan
  readonly #capture: Capture

  constructor(plan: Plan, capture: Capture) {
    this.#plan = plan
    this.#capture = capture
  }

  /** Opens all that the plan needs, one after the other. Throws the failure of the first that does not open. */
  async open(signal: AbortSignal): Promise<void> {
    for (const resource of this.#plan.resources) {
      signal.throwIfAborted()
      const span = this.#capture.begin('resource', `open ${resource.name}`, -1, -1)
      try {
        const inputs = this.#inputsOf(resource, signal)
        const value = await namingResource(resource.name, () => resource.open(inputs))
        this.byName.set(resource.name, value)
        this.#capture.end(span)
      } catch (thrown) {
        this.#capture.end(span, 'failed', thrown instanceof Error ? thrown.message : '')
        throw failureAt({ node: resource.name }, thrown)
      }
    }
  }

  /** Closes all, last opened first, and waits no longer than `milliseconds` for each. Gives what went wrong. */
  async close(milliseconds: number): Promise<StrobeError[]> {
    const failures: StrobeError[] = []
    for (const [name, value] of [...this.byName].reverse()) {
      const span = this.#capture.begin('resource', `close ${name}`, -1, -1)
      try {
        await within(milliseconds, name, closeOne(value))
        this.#capture.end(span)
      } catch (thrown) {
        this.#capture.end(span, 'failed', thrown instanceof Error ? thrown.message : '')
        failures.push(failureAt({ node: name }, thrown))
      }
    }
    this.byName.clear()
    return failures
  }

  #inputsOf(resource: ResourceModel, signal: AbortSignal): Record<string, unknown> {
    const inputs: Record<string, unknown> = {
      ...{ params: this.#plan.params, knobs: this.#plan.knobs.get(resource.name) ?? {}, signal },
    }
    for (const name of resource.use) inputs[name] = this.byName.get(name)
    return inputs
  }
}

/** Closes a resource by whichever of the known ways it has: disposal, asynchronous or not, or a method `close`. */
function closeOne(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  const closable = value as { [Symbol.asyncDispose]?: unknown; [Symbol.dispose]?: unknown; close?: unknown }
  for (const close of [closable[Symbol.asyncDispose], closable[Symbol.dispose], closable.close]) {
    if (typeof close === 'function') return (close as () => unknown).call(value)
  }
  return undefined
}

async function within(milliseconds: number, name: string, closing: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const error = new StrobeError(
      'run.resource-not-closed',
      `Resource "${name}" did not close within ${milliseconds} ms.`,
    )
    timer = setTimeout(() => reject(error), milliseconds)
  })
  try {
    await Promise.race([closing, late])
  } finally {
    clearTimeout(timer)
  }
}
