import './path-bar.css'
import { formatDuration, formatShare } from '../../../base/index.ts'
import { hueOf } from '../../charts/hues.ts'
import type { PathPart } from '../../workers/topics/summary.ts'
import { changeSelection } from './use-selection.ts'

interface PathBarProps {
  readonly parts: readonly PathPart[]
  /** What the bar is the whole of. */
  readonly about: string
}

/** Narrower parts are drawn as one. */
const leastShare = 0.012

/** What held up the end, as one bar: a part for the calls of each name in each node, and for what the node did besides. */
export function PathBar({ parts, about }: PathBarProps) {
  const shown = parts.filter(({ share }) => share >= leastShare)
  const rest = parts.filter(({ share }) => share < leastShare)
  const restShare = rest.reduce((sum, { share }) => sum + share, 0)
  return (
    <div className="path-bar">
      <span className="path-bar-about quiet">{about}</span>
      <ul aria-label={`${about}, by node and call`}>
        {shown.map((part) => (
          <li key={`${part.node} ${part.call}`} style={{ flexGrow: part.share }}>
            <Part part={part} />
          </li>
        ))}
        {restShare > 0.0005 && (
          <li style={{ flexGrow: restShare }}>
            <span className="path-bar-part" title={`${rest.length} smaller parts: ${formatShare(restShare)}`} />
          </li>
        )}
      </ul>
    </div>
  )
}

function Part({ part }: { readonly part: PathPart }) {
  const { node, call, time, share, queueing, span } = part
  const name = call === '' ? (node === '' ? 'between nodes' : `${node} itself`) : call
  const where = call !== '' && node !== '' ? ` in ${node}` : ''
  const queue = queueing > 0 ? `, of it ${formatDuration(queueing)} queueing` : ''
  const text = `${name} ${formatShare(share)}${where}: ${formatDuration(time)} of the critical path${queue}`
  return (
    <button
      type="button"
      className="path-bar-part"
      data-kind={call === '' ? 'own' : 'call'}
      {...(node === '' && call === ''
        ? {}
        : { 'data-hued': '', style: { '--hue': hueOf(call === '' ? node : call) } as React.CSSProperties })}
      title={`${text}. A click shows its longest stretch.`}
      onClick={() => changeSelection({ span, ...(node === '' ? {} : { node }) })}
    >
      <span className="path-bar-name">{name}</span> <span className="path-bar-share">{formatShare(share)}</span>
    </button>
  )
}
