import type { ReactNode } from 'react'
import { type FlameTree, shareOfSamples } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import { labelOf } from '../../charts/flame/flame-colours.ts'
import { placeText } from '../../charts/flame/short-place.ts'
import { momentText } from '../../charts/timeline/ticks.ts'

/**
 * A share of the time, with how far off it may be where it comes from samples: `12.1 % ± 0.9`. The interval is half as wide as
 * that of so many samples (95 %).
 */
export function shareText(share: number, samples: number, of: number): string {
  const sampled = samples > 0 ? shareOfSamples(samples, of) : null
  const text = formatShare(share)
  return sampled ? `${text} ± ${Number((50 * (sampled.high - sampled.low)).toPrecision(2))}` : text
}

/** What a row of a flame graph says of itself. */
interface RowFacts {
  readonly tree: FlameTree
  readonly row: number
  /** How long this rectangle is, where it is one of several of its row: on the clock. */
  readonly stretch?: { readonly from: number; readonly to: number } | undefined
  /** Where the clock counts from. */
  readonly zero: number
  /** Folder that places are told relative to. */
  readonly root: string
}

/** What is shown beside the pointer. */
export function RowTip({ tree, row, stretch, zero, root }: RowFacts): ReactNode {
  if (row === 0) {
    return (
      <>
        <span className="flame-tip-title">The thread was idle</span>
        {stretch && <span className="quiet">{formatDuration(stretch.to - stretch.from)}</span>}
      </>
    )
  }
  const frame = tree.frames[tree.frame[row]!]!
  const total = tree.inclusive[0]!
  const samples = tree.count[0]!
  const node = tree.nodes[tree.nodeOf[row]!]
  const cpu = tree.measure === 'cpu'
  return (
    <>
      <span className="flame-tip-title">{labelOf(frame)}</span>
      {cpu && <span className="flame-tip-place">{placeText(frame, root) || frame.category}</span>}
      <dl>
        {stretch && (
          <>
            <dt>Here</dt>
            <dd>{formatDuration(stretch.to - stretch.from)}</dd>
            <dd className="quiet">at {momentText(stretch.from - zero)}</dd>
          </>
        )}
        <dt>{stretch ? 'This stack in all' : 'With what it called'}</dt>
        <dd>{formatDuration(tree.inclusive[row]!)}</dd>
        <dd>{shareText(tree.inclusive[row]! / total, tree.count[row]!, samples)}</dd>
        <dt>Itself</dt>
        <dd>{formatDuration(tree.self[row]!)}</dd>
        <dd>{shareText(tree.self[row]! / total, tree.ownCount[row]!, samples)}</dd>
        {cpu && (
          <>
            <dt>Samples</dt>
            <dd>{formatCount(tree.count[row]!)}</dd>
            <dd className="quiet">of {formatCount(samples)}</dd>
          </>
        )}
      </dl>
      {cpu && <span className="quiet">{node === undefined ? 'of several nodes' : node || 'of no node'}</span>}
    </>
  )
}

/** The same in one sentence. */
export function sayRow({ tree, row, stretch, root }: RowFacts): string {
  if (row <= 0) return 'The thread was idle.'
  const frame = tree.frames[tree.frame[row]!]!
  const share = formatShare(tree.inclusive[row]! / tree.inclusive[0]!)
  const here = stretch ? `${formatDuration(stretch.to - stretch.from)} here, ` : ''
  const place = tree.measure === 'cpu' ? placeText(frame, root) : ''
  return `${labelOf(frame)}${place ? `, ${place}` : ''}: ${here}${formatDuration(tree.inclusive[row]!)} in all, ${share}; itself ${formatDuration(tree.self[row]!)}.`
}
