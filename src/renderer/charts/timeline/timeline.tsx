import './timeline.css'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { formatDuration } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { choose, preferencesStore } from '../../state/preferences.ts'
import { Problem } from '../../widgets/problem.tsx'
import type { SpanDetails } from '../../workers/timeline/span-details.ts'
import { askTrace } from '../../workers/trace-client.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { HeldKeys } from './held-keys.ts'
import type { TimelineSource } from './lane-data.ts'
import { LaneLabels } from './lane-labels.tsx'
import { type Folding, foldedAbove, stackLanes } from './lane-stack.ts'
import type { TimelineModel, TimeSpan } from './model.ts'
import { SpanPanel } from './span-panel.tsx'
import { SpanTable } from './span-table.tsx'
import { TimelineBar } from './timeline-bar.tsx'
import { hasPath, headHeights, zeroOf } from './timeline-state.ts'
import { type Hovered, TimelineTooltip } from './timeline-tooltip.tsx'
import { usePointer } from './use-pointer.ts'
import { useSearch } from './use-search.ts'
import { scrollToLane, useSelectedSpan } from './use-selected-span.ts'
import { useShown } from './use-shown.ts'
import { useTimelineView } from './use-timeline-view.ts'
import { firstView, viewAround } from './viewport.ts'

interface TimelineProps {
  readonly record: RunRecord
  readonly model: TimelineModel
  /** What is selected; whoever shows the timeline keeps it. */
  readonly range: TimeSpan | null
  readonly span: number | null
  readonly node: string | null
  readonly onRange: (range: TimeSpan | null) => void
  readonly onSpan: (span: number | null) => void
  readonly onNode: (path: string) => void
  /** Where one can go from a span. */
  readonly linksOf: (details: SpanDetails) => ReactNode
}

/** Under this name it is remembered whether the picture or its table is shown. */
const twin = 'run.timeline.twin'

/** A run over time. Everything in it can be reached by keys: see `onKeyDown`. */
export function Timeline(props: TimelineProps) {
  const { record, model, range, span, node, onRange, onSpan, onNode, linksOf } = props
  const [head, body, scroller] = [
    useRef<HTMLCanvasElement>(null),
    useRef<HTMLCanvasElement>(null),
    useRef<HTMLDivElement>(null),
  ]
  const [folding, setFolding] = useState<Folding>({})
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const asTable = useStore(preferencesStore, ({ choices }) => choices[twin]) === 'table'
  const stack = useMemo(() => stackLanes(model, folding), [model, folding])
  const source = useMemo(() => sourceOf(record), [record])
  const first = range && viewAround(range, model.bounds, 0.25)
  const [shown, setShown] = useShown(first ?? firstView(model.workflow, model.bounds))
  const elements = { head, body, scroller }
  const view = useTimelineView(elements, { model, source, stack, first, onView: setShown, onFailed: setFailure })
  const details = useTrace(span === null ? null : record, 'timeline', 'details', [span ?? 0]).data
  const selected = details?.span === span ? details : undefined
  const search = useSearch(record, span)
  const zero = zeroOf(model)

  useEffect(() => view?.set({ range }), [view, range])
  useEffect(() => view?.set({ matches: search.matches }), [view, search.matches])
  const reveal = (lane: number) => {
    const hidden = foldedAbove(model, lane, folding)
    if (hidden.length > 0)
      setFolding((before) => ({ ...before, ...Object.fromEntries(hidden.map((id) => [id, false])) }))
    scrollToLane(scroller.current, stack, lane)
  }
  useSelectedSpan(view, record, selected ?? null, reveal)

  usePointer(view, { setHovered, onRange, onSpan })
  const held = useMemo(() => view && new HeldKeys(view), [view])
  const goTo = (target: number | null) => {
    if (target !== null) onSpan(target)
  }
  const zoomToSelected = () => {
    if (selected) view?.zoomTo({ from: selected.start, to: selected.start + selected.duration })
    else if (range) view?.zoomTo(range)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !view) return
    const actions: Readonly<Record<string, () => void>> = {
      f: zoomToSelected,
      0: () => view.fit(),
      Home: () => view.fit(),
      '.': () => goTo(view.neighbour(1)?.span ?? null),
      ',': () => goTo(view.neighbour(-1)?.span ?? null),
      n: () => goTo(search.next(false)),
      N: () => goTo(search.next(true)),
      PageDown: () => scroller.current?.scrollBy(0, scroller.current.clientHeight * 0.8),
      PageUp: () => scroller.current?.scrollBy(0, -scroller.current.clientHeight * 0.8),
      Escape: () => (span === null ? onRange(null) : onSpan(null)),
    }
    const action = actions[event.key]
    if (action) action()
    else if (!held?.press(event.key)) return
    event.preventDefault()
  }

  return (
    <div className="timeline">
      <TimelineBar
        search={search}
        onFound={(backwards) => goTo(search.next(backwards))}
        range={range}
        onRange={onRange}
        view={view}
        hasSelected={selected !== undefined || range !== null}
        onZoomToSelected={zoomToSelected}
        asTable={asTable}
        onTwin={() => choose(twin, asTable ? 'picture' : 'table')}
      />
      {failure !== null && <Problem error={failure} title="The trace could not be read" />}
      <div className="timeline-picture" hidden={asTable} data-failed={failure !== null || undefined}>
        <div className="timeline-head">
          <HeadLabels model={model} />
          <canvas ref={head} aria-label="The whole run, the time axis and the critical path" />
        </div>
        <div className="timeline-scroller" ref={scroller}>
          <LaneLabels
            stack={stack}
            node={node}
            onNode={onNode}
            onFold={(id, collapsed) => setFolding((before) => ({ ...before, [id]: collapsed }))}
          />
          <div
            className="timeline-frame"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the lanes are looked at by keys
            tabIndex={0}
            role="application"
            aria-label={`Timeline of ${record.workflow}, ${describe(shown, zero)}. Arrow keys pan and zoom, full stop and comma go to the next and previous span, f zooms to it; the button Table shows the same as a table.`}
            onKeyDown={onKeyDown}
            onKeyUp={(event) => held?.release(event.key)}
            onBlur={() => held?.releaseAll()}
          >
            <canvas ref={body} />
          </div>
        </div>
      </div>
      {asTable && (
        <SpanTable
          record={record}
          between={range ?? shown}
          zero={zero}
          selected={span}
          onSelect={onSpan}
          onOpen={({ span: opened, start, duration }) => {
            onSpan(opened)
            view?.zoomTo({ from: start, to: start + duration })
          }}
        />
      )}
      {selected && (
        <SpanPanel
          details={selected}
          zero={zero}
          whole={model.workflow && model.workflow.to - model.workflow.from}
          onSpan={onSpan}
          onZoom={zoomToSelected}
          onClose={() => onSpan(null)}
          links={linksOf(selected)}
        />
      )}
      {hovered && !asTable && <TimelineTooltip hovered={hovered} describe={source.describe} />}
    </div>
  )
}

function describe({ from, to }: TimeSpan, zero: number): string {
  return `from ${formatDuration(from - zero)} to ${formatDuration(to - zero)}`
}

function HeadLabels({ model }: { readonly model: TimelineModel }) {
  const { minimap, ruler, path } = headHeights
  return (
    <div className="timeline-head-labels">
      <span style={{ insetBlockStart: 0, blockSize: minimap }}>Whole run</span>
      <span style={{ insetBlockStart: minimap, blockSize: ruler }}>Time</span>
      {hasPath(model) && (
        <span className="timeline-head-path" style={{ insetBlockStart: minimap + ruler, blockSize: path }}>
          Critical path
        </span>
      )}
    </div>
  )
}

type Source = TimelineSource & {
  readonly describe: (span: number, signal: AbortSignal) => Promise<SpanDetails | null>
}

function sourceOf(record: RunRecord): Source {
  return {
    rows: (place) => askTrace(record, 'timeline', 'rows', [place]),
    density: (place) => askTrace(record, 'timeline', 'density', [place]),
    foundDensity: (place, text) => askTrace(record, 'timeline', 'foundDensity', [place, text]),
    counters: (place) => askTrace(record, 'timeline', 'counters', [place]),
    describe: (span, signal) => askTrace(record, 'timeline', 'details', [span], { signal }),
  }
}
