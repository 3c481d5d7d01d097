import { recordOf, StrobeError } from '../../base/index.ts'
import type { MapModel, Settled } from '../../workflow/index.ts'
import type { Execution, Scope } from './execution.ts'
import { failureAt, isAbort } from './failure.ts'
import { inputsOf } from './inputs.ts'
import { abandonAfterGrace, breathe, runLimited } from './limited.ts'
import { isPromise } from './promise.ts'

/**
 * Executes a map: items begin in order, at most `concurrency` at once (the knob of that name; 1 without it), and the
 * output keeps their order. With `onError: 'fail'` the first failing item stops the others and fails the node; with
 * `collect` every item has its own result or error.
 */
export async function runMap(execution: Execution, node: MapModel, scope: Scope): Promise<unknown[]> {
  const items = itemsOf(node, scope)
  const concurrency = Number(execution.plan.knobs.get(node.path)?.concurrency ?? 1)
  const others = new AbortController()
  const signal = AbortSignal.any([scope.signal, others.signal])
  const inner: Scope = { ...scope, signal }
  const results = new Array<unknown>(items.length)
  let next = 0
  let done = 0
  let failure: unknown

  const lane = async () => {
    while (next < items.length && failure === undefined) {
      signal.throwIfAborted()
      const index = next++
      try {
        const value = runItem(execution, node, inner, items[index], index)
        results[index] = settled(node, isPromise(value) ? await value : value)
      } catch (thrown) {
        if (node.onError === 'collect' && !scope.signal.aborted) results[index] = refused(thrown)
        else {
          failure ??= isAbort(thrown, scope.signal) ? thrown : failureAt({ node: node.path, item: index }, thrown)
          others.abort(
            new StrobeError('cancelled', `Item ${index} of "${node.path}" failed, so that the others were stopped.`),
          )
        }
      }
      done++
      execution.report({ node: node.path, done, total: items.length })
      const turn = breathe()
      if (turn !== undefined) await turn
    }
  }
  const lanes = Array.from({ length: Math.min(concurrency, items.length) }, lane)
  // Once something failed or was cancelled, items get the grace time to end; one that heeds nothing is left behind.
  const abandoned = abandonAfterGrace(signal, execution.grace)
  try {
    await Promise.race([Promise.all(lanes), abandoned.rejected])
  } catch (thrown) {
    failure ??= thrown
  } finally {
    abandoned.stop()
  }
  if (failure !== undefined) throw failure
  return results
}

function runItem(execution: Execution, node: MapModel, scope: Scope, item: unknown, index: number): unknown {
  const { capture } = execution
  const span = capture.begin('item', node.path, index, scope.span)
  const call = () =>
    runLimited(execution, scope.signal, node.timeout, `Item ${index} of "${node.path}"`, (signal) =>
      node.run(item, inputsOf(execution, node, scope, signal, index), index),
    )
  return capture.record(span, call, (thrown) => (isAbort(thrown, scope.signal) ? 'cancelled' : 'failed'))
}

function itemsOf(node: MapModel, scope: Scope): readonly unknown[] {
  const list = scope.outputs.get(node.over) ?? scope.extras[node.over]
  if (Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView))) {
    return list as readonly unknown[]
  }
  const isIterable = typeof list === 'object' && list !== null && Symbol.iterator in list
  if (isIterable) return [...(list as Iterable<unknown>)]
  throw new StrobeError(
    'run.not-a-list',
    `"${node.path}" maps over "${node.over}", whose output is no list. Let "${node.over}" return an array.`,
    { data: { node: node.path } },
  )
}

function settled(node: MapModel, value: unknown): unknown {
  return node.onError === 'collect' ? ({ ok: true, value } satisfies Settled<unknown>) : value
}

function refused(thrown: unknown): Settled<unknown> {
  const { code, message } = recordOf(thrown, thrown instanceof Error ? 'user.error' : 'user.not-an-error')
  return { ok: false, error: { code, message } }
}
