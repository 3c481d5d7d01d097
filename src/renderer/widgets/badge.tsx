import './badge.css'
import type { ReactNode } from 'react'

interface BadgeProps {
  /** Absent: a quiet fact. `attention`: look at this. */
  readonly kind?: 'accent' | 'faster' | 'slower' | 'failed' | 'attention'
  /** Said in full where the pointer rests on it. */
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** A word about the thing beside it: how it ended, what it is. */
export function Badge({ kind, title, children }: BadgeProps) {
  return (
    <span className={kind ? `badge badge-${kind}` : 'badge'} title={title}>
      {children}
    </span>
  )
}
