import { heapInUse } from '../execute/memory.ts'
import type { TraceClock } from './clock.ts'

/** Takes one reading of a counter. */
export type CounterSink = (name: string, unit: 'bytes' | 'share' | 'ns' | 'count', time: number, value: number) => void

/** How often the counters are read, in milliseconds. */
const interval = 20

/**
 * Reads heap, resident memory and event loop every 20 ms until the returned function is called; a loop that is blocked
 * shows as a gap followed by a delay as long as the gap. The timer does not keep the thread alive.
 */
export function watchCounters(clock: TraceClock, sink: CounterSink): () => void {
  let utilisation = performance.eventLoopUtilization()
  let expected = clock.now() + interval * 1e6
  const read = () => {
    const time = clock.now()
    const current = performance.eventLoopUtilization()
    sink('heap', 'bytes', time, heapInUse())
    sink('rss', 'bytes', time, process.memoryUsage.rss())
    sink('event-loop-utilisation', 'share', time, performance.eventLoopUtilization(current, utilisation).utilization)
    sink('event-loop-delay', 'ns', time, Math.max(0, time - expected))
    utilisation = current
  }
  read()
  const timer = setInterval(() => {
    read()
    expected = clock.now() + interval * 1e6
  }, interval)
  timer.unref()
  return () => {
    clearInterval(timer)
    read()
  }
}
