import type { CallGroup } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatNumber, formatShare } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { quantityOf } from '../../charts/timeline/quantity.ts'
import { Button } from '../../widgets/button.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { costText, repeatedText } from './call-words.ts'
import { changeSelection, useSelection } from './use-selection.ts'

interface CallDetailsProps {
  readonly record: RunRecord
  readonly group: CallGroup
  readonly onClose: () => void
}

/** One statement or URL pattern: all of its text, its calls one after the other in the timeline, who made them, what it costs. */
export function CallDetails({ record, group, onClose }: CallDetailsProps) {
  const { range, node, span } = useSelection()
  const { name, detail, durations, covered, atOnce, queueing, quantity, executions, callers, repeated, slowest } = group
  const spans = useTrace(record, 'calls', 'spans', [range, node, name, detail]).data
  const moved = quantity === null ? null : quantityOf(detail, quantity)
  return (
    <section className="call-details" aria-label={name}>
      <header className="call-details-head">
        <h3>{name}</h3>
        <Button kind="quiet" aria-label="Close" title="Close" onClick={onClose}>
          ×
        </Button>
      </header>
      {detail !== '' && <pre className="call-details-statement">{detail}</pre>}
      <div className="call-details-steps">
        {spans && <Steps spans={spans} span={span} />}
        <Button onClick={() => changeSelection({ span: slowest })}>Slowest in the timeline</Button>
      </div>
      <dl>
        <dt>Calls</dt>
        <dd>
          {formatCount(durations.count)}, {formatDuration(durations.total)} in all, {formatDuration(durations.mean)} on
          average
        </dd>
        <dt>Each</dt>
        <dd>
          p50 {formatDuration(durations.p50)}, p95 {formatDuration(durations.p95)}, max {formatDuration(durations.max)}
        </dd>
        <dt>Under way</dt>
        <dd>
          {formatDuration(covered)}, {formatNumber(atOnce.mean)} at once on average, {formatCount(atOnce.most)} at most
        </dd>
        <dt>Queueing</dt>
        <dd>{queueing > 0 ? `${formatDuration(queueing)}, ${formatShare(queueing / durations.total)}` : 'none'}</dd>
        {moved && (
          <>
            <dt>{moved.name === 'answer' ? 'Answers' : 'Rows or keys'}</dt>
            <dd>{moved.value}</dd>
          </>
        )}
        {executions && (
          <>
            <dt>Executed</dt>
            <dd>
              {formatCount(executions.count)} times, {costText(executions.cost)}
              {executions.cost.fit !== null && (
                <span className="quiet"> (fitted, R² {formatNumber(executions.cost.fit)})</span>
              )}
            </dd>
          </>
        )}
        <dt>Made by</dt>
        <dd>
          <ul className="call-details-callers">
            {callers.map((caller) => (
              <li key={caller.node}>
                {caller.node === '' ? (
                  'no node'
                ) : (
                  <button type="button" onClick={() => changeSelection({ node: caller.node })}>
                    {caller.node}
                  </button>
                )}{' '}
                <span className="quiet">
                  {formatCount(caller.calls)}, {formatDuration(caller.time)}
                </span>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {repeated && (
        <p className="call-details-hint">
          {repeatedText(repeated)}: {formatCount(repeated.places)} of {formatCount(repeated.of)}{' '}
          {repeated.within === 'execution' ? 'executions' : `${repeated.within}s`} made this call more than once.{' '}
          <Button kind="quiet" onClick={() => changeSelection({ span: repeated.span })}>
            Show where
          </Button>
        </p>
      )}
    </section>
  )
}

/** Goes from call to call in the timeline. */
function Steps({ spans, span }: { readonly spans: Uint32Array; readonly span: number | null }) {
  const place = span === null ? -1 : spans.indexOf(span)
  const go = (to: number) => changeSelection({ span: spans[(to + spans.length) % spans.length]! })
  return (
    <>
      <Button
        aria-label="Previous call"
        title="Previous call"
        onClick={() => go(place < 0 ? spans.length - 1 : place - 1)}
      >
        ‹
      </Button>
      <span className="quiet" role="status">
        {place < 0 ? `${formatCount(spans.length)} calls` : `${formatCount(place + 1)} of ${formatCount(spans.length)}`}
      </span>
      <Button aria-label="Next call" title="Next call" onClick={() => go(place + 1)}>
        ›
      </Button>
    </>
  )
}
