/** Why the process of a page ended: the reasons that Electron knows. */
export type GoneReason =
  | 'clean-exit'
  | 'abnormal-exit'
  | 'killed'
  | 'crashed'
  | 'oom'
  | 'launch-failed'
  | 'integrity-failure'
  | 'memory-eviction'

/** What to tell about a page that is gone, and whether loading it again can help. */
export interface GoneAnswer {
  readonly message: string
  readonly detail: string
  readonly canReload: boolean
}

const kept = 'What is being measured goes on, and everything that was measured is kept.'

/** What to say when the page's process has ended; `undefined`: nothing went wrong. */
export function answerPageGone(reason: GoneReason): GoneAnswer | undefined {
  switch (reason) {
    case 'clean-exit':
      return undefined
    case 'oom':
    case 'memory-eviction':
      return { message: 'The window ran out of memory.', detail: `Load it again to go on. ${kept}`, canReload: true }
    case 'launch-failed':
      return {
        message: 'The window could not be started.',
        detail: 'Close other programs and load it again; if that does not help, restart Strobe.',
        canReload: true,
      }
    case 'integrity-failure':
      return {
        message: 'Files of Strobe were changed since it was installed.',
        detail: 'Install it again. It is not started with files that are not its own.',
        canReload: false,
      }
    case 'abnormal-exit':
    case 'killed':
    case 'crashed':
      return { message: 'The window stopped working.', detail: `Load it again to go on. ${kept}`, canReload: true }
  }
}

/** What to say when the page does not answer. */
export const unresponsiveAnswer = {
  message: 'The window does not answer.',
  detail: `Wait for it, or load it again. ${kept}`,
}
