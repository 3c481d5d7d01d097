import type { SpanKind } from '../../trace/index.ts'
import { messageOf } from '../execute/failure.ts'
import { isPromise } from '../execute/promise.ts'
import type { NodeEvent } from './attribution.ts'
import type { TraceClock } from './clock.ts'
import { enclosingSpan, runInSpan } from './context.ts'
import { kindNumber, type SpanRecorder, statusNumber } from './span-recorder.ts'
import type { StringTable } from './strings.ts'

/** How a span that the executor recorded came to its end. */
export type SpanEnding = 'ok' | 'failed' | 'cancelled'

/**
 * What the executor tells of its work. At level `off` there is no recorder: spans are −1, and every call costs a test.
 */
export class Capture {
  readonly clock: TraceClock
  readonly strings: StringTable
  readonly spans: SpanRecorder | undefined
  /** When nodes began and ended, kept where CPU samples must be attributed. */
  nodeEvents: NodeEvent[] | undefined

  constructor(clock: TraceClock, strings: StringTable, spans: SpanRecorder | undefined) {
    this.clock = clock
    this.strings = strings
    this.spans = spans
  }

  /** Begins a span; its parent is given, or the span in which the current code runs. */
  begin(kind: SpanKind, name: string, index = -1, parent = enclosingSpan(), detail = ''): number {
    const { spans, strings } = this
    if (!spans) return -1
    return spans.begin(kindNumber[kind], strings.idOf(name), parent, index, strings.idOf(detail), this.clock.now())
  }

  /** Ends a span; `detail` says what went wrong where something did. */
  end(span: number, ending: SpanEnding = 'ok', detail = ''): void {
    if (span >= 0) this.spans?.end(span, this.clock.now(), statusNumber[ending], -1, 0, this.strings.idOf(detail))
  }

  /** Keeps from now on when nodes begin and end. */
  keepNodeEvents(): void {
    this.nodeEvents = []
  }

  /** Tells that a node began or ended. */
  nodeChanged(path: string, open: boolean): void {
    this.nodeEvents?.push({ time: this.clock.now(), path, open })
  }

  /**
   * Runs `body` inside `span` and ends the span when it has settled: at once where it gives no promise. `endingOf` tells a
   * failure from a cancellation.
   */
  record(span: number, body: () => unknown, endingOf: (thrown: unknown) => SpanEnding): unknown {
    if (span < 0) return body()
    const fail = (thrown: unknown): never => {
      this.end(span, endingOf(thrown), messageOf(thrown))
      throw thrown
    }
    const succeed = (value: unknown) => {
      this.end(span)
      return value
    }
    let value: unknown
    try {
      value = this.within(span, body)
    } catch (thrown) {
      return fail(thrown)
    }
    return isPromise(value) ? value.then(succeed, fail) : succeed(value)
  }

  /** Runs `body` so that spans begun in it are children of `span`. */
  within<Result>(span: number, body: () => Result): Result {
    return span < 0 ? body() : runInSpan(span, body)
  }
}
