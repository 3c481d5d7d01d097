/** What an interrupt needs of the world; tests pass their own. */
export interface InterruptPorts {
  /** Calls back at each request to end: Ctrl-C, a closed terminal, `kill`. Returns what undoes it. */
  readonly onRequest: (callback: () => void) => () => void
  /** Says something on the terminal. */
  readonly say: (line: string) => void
  /** Ends this process now. */
  readonly kill: () => void
  /** Milliseconds on any clock. */
  readonly now: () => number
}

/**
 * Requests that come so soon after the first, in milliseconds, are the same one: `npm run` passes a Ctrl-C on that the terminal
 * sends to this process as well.
 */
const echo = 200

/** A signal that the first request to end aborts; the second one kills. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** Stops listening. */
  end(): void
}

/** Listens for requests to end. */
export function listenForInterrupt(ports: InterruptPorts): Interrupt {
  const controller = new AbortController()
  let first = 0
  const end = ports.onRequest(() => {
    if (controller.signal.aborted) {
      if (ports.now() - first >= echo) ports.kill()
      return
    }
    first = ports.now()
    controller.abort()
    ports.say('Stopping; what was measured is kept. Ctrl-C again ends at once.')
  })
  return { signal: controller.signal, end }
}
