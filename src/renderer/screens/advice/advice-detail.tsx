import { formatCount } from '../../../base/index.ts'
import type { AdviceEntry } from '../../../protocol/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { Badge } from '../../widgets/badge.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { evidenceText, includedTitles, statusWords } from './advice-wording.ts'
import { ApplyAndProve } from './apply-and-prove.tsx'
import { GainPicture } from './gain-picture.tsx'

interface AdviceDetailProps {
  readonly entry: AdviceEntry
  /** All of the ledger: what this one contains is named by its title. */
  readonly entries: readonly AdviceEntry[]
}

const shownSpans = 12

/** One recommendation: what to do, what it should bring and brought, and what it was found by. */
export function AdviceDetail({ entry, entries }: AdviceDetailProps) {
  const { recommendation } = entry
  const { title, place, status, explanation, action, changes, base, prediction, evidence, scope, rule } = recommendation
  const contained = includedTitles(recommendation, entries)
  return (
    <article className="advice-detail" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p className="advice-detail-facts quiet">
          <Badge
            {...(status === 'proved'
              ? { kind: 'faster' as const }
              : status === 'open'
                ? { kind: 'accent' as const }
                : {})}
          >
            {statusWords[status]}
          </Badge>
          <span>
            {entry.workflow}, <code>{place}</code>, rule {rule}, found <Moment at={entry.createdAt} />
          </span>
        </p>
      </header>
      <p>{explanation}</p>
      <p className="advice-detail-action">{action}</p>
      <GainPicture entry={entry} />
      <p className="quiet">
        {prediction.kind === 'range'
          ? `Predicted from: ${prediction.basis}`
          : `Predicted: range unknown. ${prediction.why}`}
      </p>
      <ApplyAndProve entry={entry} />
      {changes.length > 0 && (
        <section aria-label="Changes">
          <h3>What changes, on top of {base.variant}</h3>
          <table className="advice-detail-table">
            <thead>
              <tr>
                <th scope="col">Knob</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ address, knob, from, to }) => (
                <tr key={`${address}.${knob}`}>
                  <th scope="row">
                    <code>
                      {address}.{knob}
                    </code>
                  </th>
                  <td>{JSON.stringify(from) ?? 'not set'}</td>
                  <td>{JSON.stringify(to) ?? 'not set'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section aria-label="Evidence">
        <h3>Evidence</h3>
        <table className="advice-detail-table advice-detail-numbers">
          <tbody>
            {evidence.numbers.map((number) => (
              <tr key={number.label}>
                <th scope="row">{number.label}</th>
                <td>{evidenceText(number)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <EvidenceSpans entry={entry} />
      </section>
      <p className="quiet">
        {scope}
        {contained.length > 0 && ` Contains: ${contained.join('; ')}. Their gains do not add up.`}
      </p>
    </article>
  )
}

/** The spans that a finding cites, each a way into the trace; the run may be gone by then, which is said. */
function EvidenceSpans({ entry }: { readonly entry: AdviceEntry }) {
  const { runId, spanIds, spanCount } = entry.recommendation.evidence
  const run = useCall('runs.get', { id: runId })
  if (run.error) return <p className="quiet">Run {runId}, which it was found in, is not there any more.</p>
  if (run.data && !run.data.hasTrace) {
    return <p className="quiet">What run {runId} recorded, which it was found in, is not there any more.</p>
  }
  return (
    <p className="advice-detail-spans">
      <span className="quiet">
        {formatCount(spanCount)} {spanCount === 1 ? 'span' : 'spans'} of{' '}
        <Link to={{ screen: 'run', id: runId }}>run {runId}</Link>:
      </span>
      {spanIds.slice(0, shownSpans).map((span) => (
        <Link key={span} to={{ screen: 'run', id: runId, query: { span: String(span) } }}>
          #{span}
        </Link>
      ))}
      {spanCount > shownSpans && <span className="quiet">and {formatCount(spanCount - shownSpans)} more</span>}
    </p>
  )
}
