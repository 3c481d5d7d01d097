/** What the window says while it has nothing to show: what it is, and the one thing to do. */
export function EmptyState() {
  return (
    <main className="empty-state">
      <h1>Strobe</h1>
      <p>
        This window will show the runs of a workspace; until it does, make your first run in a terminal, in Strobe’s
        folder:
      </p>
      <pre>
        <code>npm run demo</code>
      </pre>
    </main>
  )
}
