import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import type { TraceClock } from './clock.ts'

/** One garbage collection, on the trace's clock. */
export interface GcMark {
  readonly kind: string
  readonly time: number
  readonly duration: number
}

const kinds = new Map<number, string>([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weak callbacks'],
])

/** Watches this thread's garbage collections until the returned function is called. They are told when the event loop turns. */
export function watchGc(clock: TraceClock, seen: (mark: GcMark) => void): () => void {
  const began = clock.now()
  const tell = (entries: PerformanceEntry[]) => {
    for (const entry of entries) {
      const { kind } = ((entry as { detail?: { kind?: number } }).detail ?? {}) as { kind?: number }
      const time = clock.fromPerformance(entry.startTime)
      // Node also tells of the last collection before anybody watched: of the thread's start, before the trace began.
      if (time < began) continue
      seen({ kind: kinds.get(kind ?? -1) ?? 'other', time, duration: Math.round(entry.duration * 1e6) })
    }
  }
  const observer = new PerformanceObserver((list) => tell(list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })
  return () => {
    tell(observer.takeRecords())
    observer.disconnect()
  }
}
