import './problem.css'
import type { ReactNode } from 'react'
import { codeOf } from '../../base/index.ts'
import { Button } from './button.tsx'

interface ProblemProps {
  /** What was thrown. Its message says what happened and what to do. */
  readonly error: unknown
  /** What could not be done: `The run could not be read`. */
  readonly title?: string
  readonly onRetry?: (() => unknown) | undefined
  /** Another way on. */
  readonly action?: ReactNode
}

/** An error, where the thing would be that it kept from being shown: what happened, what to do, try again. */
export function Problem({ error, title = 'This did not work', onRetry, action }: ProblemProps) {
  const message = error instanceof Error ? error.message : String(error)
  const code = codeOf(error, '')
  return (
    <div className="problem" role="alert">
      <strong>{title}</strong>
      <p>{message}</p>
      {code && <p className="problem-code">{code}</p>}
      <div className="problem-actions">
        {onRetry && <Button onClick={() => void onRetry()}>Try again</Button>}
        {action}
      </div>
    </div>
  )
}
