import './span-panel.css'
import type { ReactNode } from 'react'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import { Button } from '../../widgets/button.tsx'
import type { SpanDetails } from '../../workers/timeline/span-details.ts'
import { hueOf } from '../hues.ts'
import { quantityOf } from './quantity.ts'
import { momentText } from './ticks.ts'

interface SpanPanelProps {
  readonly details: SpanDetails
  /** Where the ruler counts from, and how long the workflow took. */
  readonly zero: number
  readonly whole: number | null
  readonly onSpan: (span: number) => void
  readonly onZoom: () => void
  readonly onClose: () => void
  /** Where one can go from here: its node, the group of its statement, its source. */
  readonly links: ReactNode
}

/** Everything about the selected span, and the way to what it is part of. */
export function SpanPanel({ details, zero, whole, onSpan, onZoom, onClose, links }: SpanPanelProps) {
  const { kind, title, hue, detail, error, status, duration, start, self, wait, quantity, index, onPath, parents } =
    details
  return (
    <aside className="span-panel" aria-label="Selected span">
      <header className="span-panel-head">
        <span
          className="timeline-swatch"
          {...(hue === '' ? {} : { 'data-hued': '', style: { '--hue': hueOf(hue) } as React.CSSProperties })}
        />
        <h2 title={title}>{kind === 'call' || kind === 'work' ? details.name : title}</h2>
        <span className="quiet">{kind}</span>
        <Button kind="quiet" aria-label="Close" onClick={onClose}>
          ✕
        </Button>
      </header>
      <div className="span-panel-body" role="status">
        {detail !== '' && <pre className="span-panel-detail">{detail}</pre>}
        {status !== 'ok' && (
          <p className={status === 'failed' ? 'failed' : 'quiet'}>
            {status === 'open' ? 'Still open when the run ended.' : status === 'cancelled' ? 'Cancelled.' : 'Failed.'}{' '}
            {error}
          </p>
        )}
        <dl className="span-panel-facts">
          <dt>Time</dt>
          <dd>
            {formatDuration(duration)}
            {whole !== null && whole > 0 && kind !== 'resource' && (
              <span className="quiet"> {formatShare(duration / whole)} of the run</span>
            )}
          </dd>
          <dt>Begins at</dt>
          <dd>{momentText(start - zero)}</dd>
          {self !== null && (
            <>
              <dt title="Not covered by anything inside it: own code, or waiting that nothing recorded">Self</dt>
              <dd>{formatDuration(self)}</dd>
            </>
          )}
          {(kind === 'call' || wait > 0) && (
            <>
              <dt title="Waiting for a slot of the resource, at its beginning">Queueing</dt>
              <dd>{formatDuration(wait)}</dd>
            </>
          )}
          {quantity !== null && <QuantityFact detail={detail} quantity={quantity} />}
          {index !== null && (
            <>
              <dt>{kind === 'item' ? 'Item' : 'Iteration'}</dt>
              <dd>#{index}</dd>
            </>
          )}
          {onPath !== null && (
            <>
              <dt title="Time in which it, or something inside it, held up the end of the run">Critical path</dt>
              <dd>{onPath > 0 ? formatDuration(onPath) : 'not on it'}</dd>
            </>
          )}
          {details.children > 0 && (
            <>
              <dt>Inside it</dt>
              <dd>{formatCount(details.children)} spans</dd>
            </>
          )}
          <dt>Thread</dt>
          <dd>{details.thread === 0 ? 'the run’s own' : `${details.thread}`}</dd>
        </dl>
        <div className="span-panel-links">
          <Button onClick={onZoom}>Zoom to it</Button>
          {links}
        </div>
        {parents.length > 0 && (
          <>
            <h3>Inside of</h3>
            <ol className="span-panel-parents">
              {parents.map((parent) => (
                <li key={parent.span}>
                  <button type="button" onClick={() => onSpan(parent.span)} title={parent.title}>
                    {parent.title}
                  </button>
                  <span className="quiet">{parent.kind}</span>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </aside>
  )
}

function QuantityFact(props: { readonly detail: string; readonly quantity: number }) {
  const { name, value } = quantityOf(props.detail, props.quantity)
  return (
    <>
      <dt className="span-panel-quantity">{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
