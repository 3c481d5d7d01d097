import type { RunRecord } from '../../../trace/index.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'

/** What the run computed, as far as it is kept. */
export function ResultTab({ record }: { readonly record: RunRecord }) {
  const { result, description } = record
  if (!result) return <EmptyState sentence="This run came to no result: there is no data." />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the arrow keys too
    <section className="run-result" aria-label="Result" tabIndex={0}>
      <dl className="run-about">
        <div>
          <dt>digest</dt>
          <dd>
            <code>{result.digest}</code>
          </dd>
        </div>
        <div>
          <dt>tolerance</dt>
          <dd>
            {description?.tolerance === undefined ? 'none: numbers must be equal' : String(description.tolerance)}
          </dd>
        </div>
      </dl>
      <p className="quiet">
        The beginning of its canonical text. Runs whose digests are equal computed the same; an experiment refuses a
        variant that does not.
      </p>
      <pre>{result.preview}</pre>
    </section>
  )
}
