// Timers are here for the peer alone: no other pure room waits for anything.
declare function setTimeout(action: () => void, milliseconds: number): unknown
declare function clearTimeout(timer: unknown): void

/** Calls `action` once, after so many milliseconds; the returned function prevents it. A process does not stay alive for it. */
export function callLater(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds)
  ;(timer as { unref?: () => void }).unref?.()
  return () => clearTimeout(timer)
}

/** Calls `action` every so many milliseconds, until the returned function is called. */
export function callRepeatedly(milliseconds: number, action: () => void): () => void {
  let stop = callLater(milliseconds, function tick() {
    stop = callLater(milliseconds, tick)
    action()
  })
  return () => stop()
}
