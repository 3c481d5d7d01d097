import { isStudioPage } from './navigation-policy.ts'

/** Who sent a message over Electron's IPC. */
export interface MessageSender {
  /** Whether it came from the contents of a window that this process opened. */
  readonly isOwnWindow: boolean
  /** Whether it came from the window's page itself, not from a frame in it. */
  readonly isMainFrame: boolean
  /** Address of the frame when the message arrived; absent where the frame is gone. */
  readonly url: string | undefined
}

/** Whether a message may be acted upon: it is the studio's own page that speaks. */
export function isTrustedSender({ isOwnWindow, isMainFrame, url }: MessageSender): boolean {
  return isOwnWindow && isMainFrame && url !== undefined && isStudioPage(url)
}
