import { createStore } from 'zustand/vanilla'
import type { Route } from './route.ts'

/** Something that the page says by itself, in a corner: what was asked for did not work, or is done. */
export interface Notice {
  readonly id: number
  readonly kind: 'problem' | 'done'
  readonly title: string
  /** What happened and what to do. */
  readonly text?: string
  /** Where to look at it. */
  readonly route?: Route
}

interface Notices {
  /** Latest last. */
  readonly notices: readonly Notice[]
}

export const noticeStore = createStore<Notices>()(() => ({ notices: [] }))

const most = 4
/** Milliseconds that good news stay. Problems stay until they are taken away. */
const lifetime = 6000
let latest = 0

/** Says something in the corner of the window. */
export function notify(notice: Omit<Notice, 'id'>): number {
  latest++
  const id = latest
  noticeStore.setState(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-most) }))
  if (notice.kind === 'done') setTimeout(() => dismiss(id), lifetime)
  return id
}

/** Says that something which was asked for did not work. What was cancelled is no problem. */
export function reportProblem(error: unknown, title: string): void {
  if ((error as { code?: unknown } | null)?.code === 'cancelled') return
  notify({ kind: 'problem', title, text: error instanceof Error ? error.message : String(error) })
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  noticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}
