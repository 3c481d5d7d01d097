import { codeOf, type ErrorRecord } from '../base/index.ts'
import { type CallHandle, callChannel, publish, type ResourceIdentity } from './call-channel.ts'

/** What a resource tells about its own calls: thin functions over the channel that do nothing while nobody listens. */
export interface CallReporter {
  /** A call begins, in the caller's context. `undefined` where nobody listens. */
  start(operation: string, detail: string): CallHandle | undefined
  end(call: CallHandle | undefined, quantity: number, waitNanoseconds: number): void
  fail(call: CallHandle | undefined, error: unknown, waitNanoseconds: number): void
  /** Somebody listens: work is worth describing. */
  readonly listened: boolean
  work(operation: string, detail: string, startHrtime: number, endHrtime: number, quantity: number, ok: boolean): void
  /** How many callers queue now; publishes where that has changed. */
  waiting(count: number): void
}

/** Announces a resource that is being opened, and gives what it reports with. */
export function reportCalls(kind: ResourceIdentity['kind']): CallReporter {
  const resource: ResourceIdentity = { kind, name: kind }
  if (callChannel.hasSubscribers) publish({ type: 'open', resource })
  let lastWaiting = 0

  return {
    start(operation, detail) {
      if (!callChannel.hasSubscribers) return undefined
      const call: CallHandle = {}
      publish({ type: 'start', call, resource: resource.name, operation, detail })
      return call
    },
    end(call, quantity, waitNanoseconds) {
      if (call !== undefined) publish({ type: 'end', call, ok: true, quantity, waitNanoseconds })
    },
    fail(call, error, waitNanoseconds) {
      if (call === undefined) return
      publish({ type: 'end', call, ok: false, quantity: -1, waitNanoseconds, error: briefly(error) })
    },
    get listened() {
      return callChannel.hasSubscribers
    },
    work(operation, detail, startHrtime, endHrtime, quantity, ok) {
      if (!callChannel.hasSubscribers) return
      publish({ type: 'work', resource: resource.name, operation, detail, startHrtime, endHrtime, quantity, ok })
    },
    waiting(count) {
      if (count === lastWaiting) return
      lastWaiting = count
      if (callChannel.hasSubscribers) publish({ type: 'waiting', resource: resource.name, count })
    },
  }
}

function briefly(error: unknown): Pick<ErrorRecord, 'code' | 'message'> {
  return { code: codeOf(error), message: error instanceof Error ? error.message : String(error) }
}
