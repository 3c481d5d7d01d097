import { StrobeError } from '../../base/index.ts'
import { traceBlob } from '../../protocol/index.ts'
import { decodeTrace, type RunRecord } from '../../trace/index.ts'
import { LoadedTrace } from './loaded-trace.ts'

/** Fetches the bytes of a blob. */
export type FetchBlob = (blob: string) => Promise<Uint8Array>

/** Bytes of traces that are kept; at least one trace is. */
const mostBytes = 768 * 2 ** 20
/** Traces that are kept, whatever their size. */
const mostTraces = 24

/** Traces that were opened, the last used last. Topics that compare runs take others from here. */
export class TraceLibrary {
  readonly #fetch: FetchBlob
  readonly #kept = new Map<string, { readonly trace: Promise<LoadedTrace>; bytes: number }>()

  constructor(fetch: FetchBlob) {
    this.#fetch = fetch
  }

  /** The trace of a run. Rejects with `trace.gone`, `trace.damaged`, or another code of `decodeTrace`. */
  open(record: RunRecord): Promise<LoadedTrace> {
    // What was recorded of a run that goes on is not what will be there when it has ended.
    const key = `${record.id} ${record.reason}`
    const kept = this.#kept.get(key) ?? { trace: this.#load(record, key), bytes: 0 }
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    this.#forgetOldest()
    return kept.trace
  }

  async #load(record: RunRecord, key: string): Promise<LoadedTrace> {
    try {
      const bytes = await this.#fetch(traceBlob(record.id))
      const { trace, diagnostics } = decodeTrace(bytes)
      if (!trace) {
        const { code, message } = diagnostics[0]!
        throw new StrobeError(code, message)
      }
      const kept = this.#kept.get(key)
      if (kept) kept.bytes = bytes.byteLength
      this.#forgetOldest()
      return new LoadedTrace(record, trace)
    } catch (thrown) {
      // Asked for again, it is fetched again.
      this.#kept.delete(key)
      throw thrown
    }
  }

  #forgetOldest(): void {
    let bytes = 0
    for (const kept of this.#kept.values()) bytes += kept.bytes
    for (const [key, kept] of this.#kept) {
      if (this.#kept.size <= 1 || (bytes <= mostBytes && this.#kept.size <= mostTraces)) return
      bytes -= kept.bytes
      this.#kept.delete(key)
    }
  }
}
