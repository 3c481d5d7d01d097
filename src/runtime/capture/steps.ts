import type { Capture } from './capture.ts'

const stepHook = Symbol.for('strobe.step')

/** Makes `step('name', fn)` of user code record a span; ends when the returned function is called. */
export function installSteps(capture: Capture): () => void {
  const globals = globalThis as unknown as Record<symbol, unknown>
  globals[stepHook] = (name: string, body: () => unknown) =>
    capture.record(capture.begin('step', name), body, () => 'failed')
  return () => {
    delete globals[stepHook]
  }
}
