import './empty-state.css'
import type { ReactNode } from 'react'

/** What a place says that has nothing to show: one sentence, and the one thing to do. */
export function EmptyState({ sentence, action }: { readonly sentence: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty-state">
      <p>{sentence}</p>
      {action}
    </div>
  )
}
