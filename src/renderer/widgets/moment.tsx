import { useSyncExternalStore } from 'react'
import { momentText } from './moment-text.ts'

/** How long ago something was, with the exact time where the pointer rests on it. `at`: milliseconds since 1970. */
export function Moment({ at }: { readonly at: number }) {
  const now = useSyncExternalStore(followMinutes, minuteNow)
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {momentText(at, Math.max(now, at))}
    </time>
  )
}

const step = 10_000

/** The time, in steps that are worth drawing again for. */
function minuteNow(): number {
  return Math.ceil(Date.now() / step) * step
}

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all moments on the page, stopped where there are none. */
function followMinutes(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const tell of listeners) tell()
  }, step)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
