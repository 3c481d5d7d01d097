import { Component, type ReactNode } from 'react'
import { Button } from '../widgets/button.tsx'
import { Problem } from '../widgets/problem.tsx'

interface ErrorBoundaryProps {
  /** Takes away what could not be drawn; absent: it can only be tried again. */
  readonly onDismiss?: () => void
  readonly children: ReactNode
}

/** Keeps a bug of one part from taking the others with it, and gives a way back. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override render() {
    const { error } = this.state
    const { onDismiss, children } = this.props
    if (error === null) return children
    return (
      <Problem
        title="This part of the page could not be drawn"
        error={error}
        onRetry={() => this.setState({ error: null })}
        action={onDismiss && <Button onClick={onDismiss}>Close</Button>}
      />
    )
  }
}
