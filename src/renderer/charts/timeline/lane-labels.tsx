import { formatBytes, formatCount, formatDuration, formatNumber } from '../../../base/index.ts'
import { hueOf } from '../hues.ts'
import type { LaneStack, StackLane } from './lane-stack.ts'
import type { CounterLane, Lane } from './model.ts'

interface LaneLabelsProps {
  readonly stack: LaneStack
  /** Path of the node that is selected. */
  readonly node: string | null
  readonly onFold: (id: string, collapsed: boolean) => void
  readonly onNode: (path: string) => void
}

/** The names of the lanes, beside them: folds them, and selects nodes. */
export function LaneLabels({ stack, node, onFold, onNode }: LaneLabelsProps) {
  return (
    <ul className="timeline-labels" style={{ blockSize: stack.height }} aria-label="Lanes">
      {stack.lines.map((line) =>
        line.type === 'heading' ? (
          <li
            key={line.id}
            className="timeline-label timeline-label-heading"
            style={{ insetBlockStart: line.top, blockSize: line.height }}
          >
            <FoldButton
              collapsed={line.collapsed}
              name={line.title}
              onFold={(collapsed) => onFold(line.id, collapsed)}
            />
            <span>{line.title}</span>
          </li>
        ) : (
          <LaneLabel key={line.lane.id} line={line} node={node} onFold={onFold} onNode={onNode} />
        ),
      )}
    </ul>
  )
}

function LaneLabel({ line, node, onFold, onNode }: Omit<LaneLabelsProps, 'stack'> & { readonly line: StackLane }) {
  const { lane, folds, collapsed } = line
  const isNode = lane.type === 'spans' && lane.kind === 'node'
  const name = lane.type === 'spans' && lane.kind === 'work' ? `${lane.label} at work` : lane.label
  return (
    <li
      className="timeline-label"
      data-node={isNode || undefined}
      data-selected={(isNode && lane.node === node) || undefined}
      style={{ insetBlockStart: line.top, blockSize: line.height, paddingInlineStart: 6 + lane.level * 14 }}
      title={titleOf(lane)}
    >
      {folds ? (
        <FoldButton collapsed={collapsed} name={name} onFold={(next) => onFold(lane.id, next)} />
      ) : (
        <span className="timeline-fold" />
      )}
      <Swatch lane={lane} />
      {isNode ? (
        <button type="button" className="timeline-label-name" onClick={() => onNode(lane.node)}>
          {name}
        </button>
      ) : (
        <span className="timeline-label-name">{name}</span>
      )}
      {lane.type === 'spans' && lane.failures > 0 && (
        <span className="timeline-label-failed failed">{formatCount(lane.failures)} ✕</span>
      )}
      <span className="timeline-label-note">{noteOf(lane)}</span>
    </li>
  )
}

function FoldButton(props: {
  readonly collapsed: boolean
  readonly name: string
  readonly onFold: (collapsed: boolean) => void
}) {
  const { collapsed, name, onFold } = props
  return (
    <button
      type="button"
      className="timeline-fold"
      aria-expanded={!collapsed}
      aria-label={`${collapsed ? 'Unfold' : 'Fold'} ${name}`}
      onClick={() => onFold(!collapsed)}
    >
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
        <path d="M3 1.5 7 5 3 8.5z" fill="currentColor" />
      </svg>
    </button>
  )
}

/** The colours of what is in a lane. */
function Swatch({ lane }: { readonly lane: Lane }) {
  return huesOf(lane).map((name) => (
    <span key={name} className="timeline-swatch" data-hued="" style={{ '--hue': hueOf(name) } as React.CSSProperties} />
  ))
}

function huesOf(lane: Lane): readonly string[] {
  if (lane.type === 'counters') return lane.counters.map(({ name }) => name)
  if (lane.kind === 'call' || lane.kind === 'work') return lane.node === '' && lane.kind === 'call' ? [] : [lane.label]
  return lane.node === '' ? [] : [lane.node]
}

function noteOf(lane: Lane): string {
  if (lane.type === 'counters') return `0 – ${formatReading(lane, lane.highest)}`
  const parts = [
    ...(lane.spans > 1 ? [formatCount(lane.spans)] : []),
    ...(lane.mostAtOnce > 1 ? [`${formatCount(lane.mostAtOnce)} at once`] : []),
  ]
  return parts.join(' · ')
}

function titleOf(lane: Lane): string {
  const failed = lane.type === 'spans' && lane.failures > 0 ? `, ${formatCount(lane.failures)} failed` : ''
  const note = `${noteOf(lane)}${failed}`
  const inside = lane.type === 'spans' && lane.node !== '' && lane.kind !== 'node' ? ` in ${lane.node}` : ''
  return `${lane.label}${inside}${note === '' ? '' : `: ${note}`}`
}

/** A reading in the unit of its counter. */
export function formatReading({ unit }: CounterLane, value: number): string {
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 'ns') return formatDuration(value)
  return unit === 'share' ? `${formatNumber(value * 100)} %` : formatNumber(value)
}
