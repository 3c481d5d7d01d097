import './share-cell.css'
import type { ReactNode } from 'react'

interface ShareCellProps {
  /** 0 to 1: how far the bar goes. */
  readonly share: number
  readonly children: ReactNode
}

/** A number in a table over a bar that says how large it is beside the others of its column. */
export function ShareCell({ share, children }: ShareCellProps) {
  return (
    <span className="share-cell">
      {share > 0 && (
        <span className="share-cell-bar" style={{ inlineSize: `${Math.min(100, Math.max(0, share * 100))}%` }} />
      )}
      <span className="share-cell-text">{children}</span>
    </span>
  )
}
