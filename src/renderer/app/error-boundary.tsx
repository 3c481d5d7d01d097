import { Component, type ReactNode } from 'react'
import { Button } from '../widgets/button.tsx'
import { EmptyState } from '../widgets/empty-state.tsx'

/** Keeps a bug of one screen from taking the others with it, and gives a way back. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <EmptyState
        sentence={`This screen could not be drawn: ${error.message}`}
        action={<Button onClick={() => this.setState({ error: null })}>Try again</Button>}
      />
    )
  }
}
