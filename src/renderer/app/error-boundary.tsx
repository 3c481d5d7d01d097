import { Component, type ReactNode } from 'react'
import { Problem } from '../widgets/problem.tsx'

interface ErrorBoundaryProps {
  /** Told instead of the error being shown in place of what could not be drawn. */
  readonly onError?: (error: Error) => void
  readonly children: ReactNode
}

/** Keeps a bug of one part from taking the others with it, and gives a way back. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override componentDidCatch(error: Error): void {
    this.props.onError?.(error)
  }

  override render() {
    const { error } = this.state
    const { onError, children } = this.props
    if (error === null) return children
    if (onError) return null
    return (
      <Problem
        title="This part of the page could not be drawn"
        error={error}
        onRetry={() => (isMissingFile(error) ? location.reload() : this.setState({ error: null }))}
      />
    )
  }
}

/** A part of the page that could not be fetched stays unfetched until the page is loaded anew. */
function isMissingFile({ message }: Error): boolean {
  return /dynamically imported module|preload CSS|importing a module/i.test(message)
}
