import './flame-function-pane.css'
import type { FlameTree, Neighbour } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { labelOf } from '../../charts/flame/flame-colours.ts'
import { placeText } from '../../charts/flame/short-place.ts'
import { Button } from '../../widgets/button.tsx'
import type { FlameFunction, FlameScope } from '../../workers/topics/flame.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { categoryText } from './flame-legend.tsx'
import { shareText } from './flame-words.tsx'
import { SourcePane } from './source-pane.tsx'

interface FunctionPaneProps {
  readonly record: RunRecord
  readonly scope: FlameScope
  readonly tree: FlameTree
  readonly functions: readonly FlameFunction[]
  /** Index into the tree's frames. */
  readonly frame: number
  readonly onSelect: (frame: number | null) => void
  /** Folder that places are told relative to. */
  readonly root: string
}

/** All that is known of one function: its times, who called it and what it called, and its source line by line. */
export function FlameFunctionPane({ record, scope, tree, functions, frame, onSelect, root }: FunctionPaneProps) {
  const cpu = tree.measure === 'cpu'
  const sandwich = useTrace(record, 'flame', 'sandwich', [scope, frame])
  const lines = useTrace(cpu ? record : null, 'flame', 'lines', [scope, frame])
  const about = tree.frames[frame]
  const times = functions.find((row) => row.frame === frame)
  if (!about) return null
  const total = tree.inclusive[0]!
  const samples = tree.count[0]!
  const isOwn = cpu && (about.category === 'user' || about.category === 'package') && about.detail !== ''
  return (
    <section className="flame-function" aria-label={labelOf(about)}>
      <header className="flame-function-head">
        <h3 title={labelOf(about)}>{labelOf(about)}</h3>
        <Button kind="quiet" aria-label="Close" title="Close" onClick={() => onSelect(null)}>
          ×
        </Button>
        <span className="flame-function-place">
          <code>{cpu ? placeText(about, root) || about.category : about.category}</code>
          {cpu && <span className="quiet"> {categoryText('origin', about.category)}</span>}
        </span>
        <dl>
          <dt>Itself</dt>
          <dd>{formatDuration(times?.self ?? 0)}</dd>
          <dd>{shareText((times?.self ?? 0) / total, times?.ownSamples ?? 0, samples)}</dd>
          <dt>With callees</dt>
          <dd>{formatDuration(times?.inclusive ?? 0)}</dd>
          <dd>{shareText((times?.inclusive ?? 0) / total, times?.samples ?? 0, samples)}</dd>
          {cpu && (
            <>
              <dt>Samples</dt>
              <dd>{formatCount(times?.samples ?? 0)}</dd>
              <dd className="quiet">of {formatCount(samples)}</dd>
            </>
          )}
        </dl>
      </header>
      <div className="flame-function-around">
        <Neighbours
          title="Called by"
          none="nobody: it begins the stack"
          tree={tree}
          neighbours={sandwich.data?.callers.neighbours ?? []}
          total={times?.inclusive ?? 0}
          onSelect={onSelect}
        />
        <Neighbours
          title="Calls"
          none="itself"
          tree={tree}
          neighbours={sandwich.data?.callees.neighbours ?? []}
          total={times?.inclusive ?? 0}
          onSelect={onSelect}
        />
      </div>
      {isOwn ? (
        <SourcePane
          key={frame}
          file={about.detail}
          line={about.line}
          lines={lines.data ?? null}
          since={record.startedAt}
          others={tree.frames}
          label={labelOf(about)}
        />
      ) : (
        <p className="flame-function-note">
          {cpu ? 'Its source is not part of the workspace.' : 'Lines are known where CPU samples were taken.'}
        </p>
      )}
    </section>
  )
}

interface NeighboursProps {
  readonly title: string
  /** What the rest is that no other function has. */
  readonly none: string
  readonly tree: FlameTree
  readonly neighbours: readonly Neighbour[]
  readonly total: number
  readonly onSelect: (frame: number) => void
}

/** The functions next to one, most time first; each leads to itself. */
function Neighbours({ title, none, tree, neighbours, total, onSelect }: NeighboursProps) {
  const shown = neighbours.slice(0, 6)
  return (
    <div className="flame-function-side">
      <h4>{title}</h4>
      <ul>
        {shown.map(({ frame, time }) => (
          <li key={frame}>
            {frame < 0 ? (
              <span className="quiet">{none}</span>
            ) : (
              <button type="button" onClick={() => onSelect(frame)}>
                {labelOf(tree.frames[frame]!)}
              </button>
            )}
            <span className="number">{total > 0 ? formatShare(time / total) : ''}</span>
          </li>
        ))}
        {neighbours.length > shown.length && <li className="quiet">and {neighbours.length - shown.length} more</li>}
      </ul>
    </div>
  )
}
