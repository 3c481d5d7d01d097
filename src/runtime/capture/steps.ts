import { messageOf } from '../execute/failure.ts'
import { isPromise } from '../execute/limited.ts'
import type { Capture } from './capture.ts'

const stepHook = Symbol.for('strobe.step')

/** Makes `step('name', fn)` of user code record a span; ends when the returned function is called. */
export function installSteps(capture: Capture): () => void {
  const globals = globalThis as unknown as Record<symbol, unknown>
  globals[stepHook] = (name: string, body: () => unknown) => {
    const span = capture.begin('step', name)
    const fail = (thrown: unknown): never => {
      capture.end(span, 'failed', messageOf(thrown))
      throw thrown
    }
    let value: unknown
    try {
      value = capture.within(span, body)
    } catch (thrown) {
      fail(thrown)
    }
    if (!isPromise(value)) {
      capture.end(span)
      return value
    }
    return value.then((result) => {
      capture.end(span)
      return result
    }, fail)
  }
  return () => {
    delete globals[stepHook]
  }
}
