/** What an interrupt needs of the world; tests pass their own. */
export interface InterruptPorts {
  /** Calls back at each request to end: Ctrl-C, a closed terminal, `kill`. Returns what undoes it. */
  readonly onRequest: (callback: () => void) => () => void
  /** Says something on the terminal. */
  readonly say: (line: string) => void
  /** Ends this process now. */
  readonly kill: () => void
}

/** A signal that the first request to end aborts; the second one kills. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** Stops listening. */
  end(): void
}

/** Listens for requests to end. */
export function listenForInterrupt(ports: InterruptPorts): Interrupt {
  const controller = new AbortController()
  const end = ports.onRequest(() => {
    if (controller.signal.aborted) return ports.kill()
    controller.abort()
    ports.say('Stopping; what was measured is kept. Ctrl-C again ends at once.')
  })
  return { signal: controller.signal, end }
}
