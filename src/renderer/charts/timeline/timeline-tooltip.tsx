import { useEffect, useState } from 'react'
import { formatCount, formatDuration, formatNumber } from '../../../base/index.ts'
import type { SpanDetails } from '../../workers/timeline/span-details.ts'
import { hueOf } from '../hues.ts'
import type { Hit } from './hit-test.ts'
import { formatReading } from './lane-labels.tsx'
import { barFlags } from './model.ts'
import { quantityOf } from './quantity.ts'

/** What is under the pointer, and where that is on the page. */
export interface Hovered {
  readonly hit: Hit
  readonly x: number
  readonly y: number
}

interface TooltipProps {
  readonly hovered: Hovered
  /** Everything about a span; asked for when the pointer rests on one. */
  readonly describe: (span: number, signal: AbortSignal) => Promise<SpanDetails | null>
}

/** Milliseconds that the pointer rests before the worker is asked. */
const rest = 60

/** Says what is under the pointer, beside it. */
export function TimelineTooltip({ hovered, describe }: TooltipProps) {
  const { hit, x, y } = hovered
  const span = hit.type === 'span' && hit.lane.kind !== 'gc' ? hit.spot.span : null
  const details = useDetails(span, describe)
  const isLeft = x > innerWidth - 380
  const isUp = y > innerHeight - 240
  return (
    <div
      className="timeline-tooltip"
      role="tooltip"
      style={{
        ...(isLeft ? { right: innerWidth - x + 14 } : { left: x + 14 }),
        ...(isUp ? { bottom: innerHeight - y + 14 } : { top: y + 16 }),
      }}
    >
      <Content hit={hit} details={details?.span === span ? details : null} />
    </div>
  )
}

function Content({ hit, details }: { readonly hit: Hit; readonly details: SpanDetails | null }) {
  if (hit.type === 'counter') {
    return (
      <>
        <strong>{hit.lane.label}</strong>
        <dl className="timeline-facts">
          {hit.lane.counters.map(({ name, label }, place) => {
            const reading = hit.readings[place] ?? null
            return (
              <Fact key={name} name={label} value={reading === null ? 'no data' : formatReading(hit.lane, reading)} />
            )
          })}
        </dl>
      </>
    )
  }
  if (hit.type === 'density') {
    return (
      <>
        <strong>{hit.lane.label}</strong>
        <dl className="timeline-facts">
          <Fact name="under way" value={formatNumber(hit.active)} />
          {hit.queueing > 0 && <Fact name="of them queueing" value={formatNumber(hit.queueing)} />}
          <Fact name="at most" value={formatCount(hit.lane.mostAtOnce)} />
        </dl>
        <p className="quiet">Unfold the lane to see each.</p>
      </>
    )
  }
  const { bar, lane, near } = hit
  const title = bar.index >= 0 ? `${lane.kind} #${bar.index}` : bar.text
  return (
    <>
      <strong className="timeline-tooltip-title" data-hued={bar.hue || undefined} style={hueStyle(bar.hue)}>
        {bar.hue && <span className="timeline-swatch" />}
        {lane.kind === 'call' && details ? details.name : title}
      </strong>
      {details?.detail && <code className="timeline-tooltip-detail">{details.detail}</code>}
      {details?.error && <p className="failed">{details.error}</p>}
      <dl className="timeline-facts">
        <Fact name={lane.kind === 'path' ? 'held up the end' : 'time'} value={formatDuration(bar.duration)} />
        {details && lane.kind === 'path' && <Fact name="the span takes" value={formatDuration(details.duration)} />}
        {details?.self !== null && details?.self !== undefined && details.self !== bar.duration && (
          <Fact name="self" value={formatDuration(details.self)} />
        )}
        {bar.wait > 0 && <Fact name="queueing" value={formatDuration(bar.wait)} />}
        {details && details.quantity !== null && <Fact {...quantityOf(details.detail, details.quantity)} />}
        {details && details.onPath !== null && lane.kind !== 'path' && (
          <Fact name="on the critical path" value={details.onPath > 0 ? formatDuration(details.onPath) : 'no'} />
        )}
        {details && details.node !== '' && details.kind !== 'node' && <Fact name="in" value={details.node} />}
        {endingOf(bar.flags) && <Fact name="ended" value={endingOf(bar.flags)} />}
      </dl>
      {near > 1 && <p className="quiet">{formatCount(near)} begin here: zoom in to see each.</p>}
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function endingOf(flags: number): string {
  if (flags & barFlags.failed) return 'failed'
  if (flags & barFlags.cancelled) return 'cancelled'
  return flags & barFlags.open ? 'open: the run ended before it did' : ''
}

function hueStyle(hue: string): React.CSSProperties {
  return hue === '' ? {} : ({ '--hue': hueOf(hue) } as React.CSSProperties)
}

function useDetails(span: number | null, describe: TooltipProps['describe']): SpanDetails | null {
  const [details, setDetails] = useState<SpanDetails | null>(null)
  useEffect(() => {
    if (span === null) return
    const asked = new AbortController()
    const timer = setTimeout(() => {
      // Withdrawn when the pointer goes on; a trace that cannot be read is said where the lanes are.
      describe(span, asked.signal).then(setDetails, () => {})
    }, rest)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [span, describe])
  return details
}
