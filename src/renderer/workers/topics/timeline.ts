import type {
  CounterColumns,
  DensityColumns,
  FoundSpans,
  LaneRows,
  TimelineModel,
} from '../../charts/timeline/model.ts'
import type { TimeRange } from '../clip-trace.ts'
import { handOver } from '../hand-over.ts'
import type { LoadedTrace } from '../loaded-trace.ts'
import { barName, detailOf, hueName } from '../timeline/bar-names.ts'
import { buildTimelineParts, type TimelineParts } from '../timeline/build-model.ts'
import { counterColumns } from '../timeline/counter-lanes.ts'
import { buildDensity } from '../timeline/density-columns.ts'
import { bitsOf, findSpans, markStarts, type SpanOrder, spansBetween } from '../timeline/find-spans.ts'
import { collectionRow, pathRow } from '../timeline/path-marks.ts'
import { buildRows, KeyTable } from '../timeline/row-columns.ts'
import { PathTimes, type SpanDetails, type SpanFacts, spanDetails, spanFacts } from '../timeline/span-details.ts'

/** The run over time: lanes, what is drawn in them, and everything about the spans in them. Spans are rows of the whole trace. */
export function timelineTopic(loaded: LoadedTrace) {
  const { trace, whole } = loaded
  let made: TimelineParts | undefined
  let times: PathTimes | undefined
  let lastFound: { readonly text: string; readonly spans: ReadonlySet<number> } | undefined
  const parts = () => (made ??= buildTimelineParts(loaded))
  const pathTimes = () => (times ??= new PathTimes(trace, whole.path?.segments ?? null))

  return {
    model(): TimelineModel {
      return parts().model
    },
    /** Bars of a lane, by its place in the model. */
    rows(place: number): LaneRows {
      return handOverRows(rowsOf(place))
    },
    /** How many spans of a lane were under way. */
    density(place: number): DensityColumns {
      return handOverDensity(buildDensity(trace, parts().filled[place]?.group.spans ?? []))
    },
    counters(place: number): readonly CounterColumns[] {
      const lane = parts().model.lanes[place]
      const columns = lane?.type === 'counters' ? lane.counters.map(({ name }) => counterColumns(trace, name)) : []
      return handOver(
        columns,
        columns.flatMap(({ time, value, highest }) => [time, value, ...highest]),
      )
    },
    details(span: number): SpanDetails | null {
      return span < trace.spans.kind.length ? spanDetails(whole, span, pathTimes()) : null
    },
    /** Facts of several spans, for lists. */
    facts(spans: readonly number[]): readonly SpanFacts[] {
      return spans.map((span) => spanFacts(whole, span, pathTimes()))
    },
    /** Place of a span's lane; that of its outermost call for calls inside calls. */
    laneOf(span: number): number {
      const { laneOf } = parts()
      let shown = span
      while (shown >= 0 && laneOf[shown] === -1) shown = trace.spans.parent[shown] ?? -1
      return shown < 0 ? -1 : (laneOf[shown] ?? -1)
    },
    find(text: string): FoundSpans {
      const spans = findSpans(trace, text)
      const bits = bitsOf(spans, trace.spans.kind.length)
      const marks = markStarts(trace, spans, parts().model.bounds)
      return handOver({ text, spans, bits, marks }, [spans, bits, marks])
    },
    /** How many of a lane's spans that a search finds were under way. */
    foundDensity(place: number, text: string): DensityColumns {
      if (lastFound?.text !== text) lastFound = { text, spans: new Set(findSpans(trace, text)) }
      const { spans } = lastFound
      return handOverDensity(
        buildDensity(
          trace,
          (parts().filled[place]?.group.spans ?? []).filter((span) => spans.has(span)),
        ),
      )
    },
    between(range: TimeRange, order: SpanOrder, descending: boolean): Uint32Array {
      const found = spansBetween(trace, range, order, descending)
      return handOver(found, [found])
    },
  }

  function rowsOf(place: number): LaneRows {
    const { model, filled, onPath } = parts()
    const lane = model.lanes[place]
    const fill = filled[place]
    if (lane?.type === 'spans' && lane.kind === 'path') return pathRow(trace, whole.path)
    if (lane?.type === 'spans' && lane.kind === 'gc') return collectionRow(trace)
    if (!fill || fill.packing.rows === 0) return { keys: [], rows: [] }
    const { group, packing } = fill
    const isNumbered = group.kind === 'item' || group.kind === 'iteration'
    const keys = new KeyTable()
    const known = new Map<number, number>()
    const keyOf = (span: number) => {
      if (isNumbered) return keys.place('', () => ({ text: '', hue: group.node }))
      // A pair of string ids stands for name and statement: texts are made once for each pair.
      const pair = trace.spans.name[span]! * trace.strings.length + trace.spans.detail[span]!
      let key = known.get(pair)
      if (key === undefined) {
        const text = barText(span, group.kind)
        const hue = hueName(trace, span)
        key = keys.place(`${hue}\0${text}`, () => ({ text, hue }))
        known.set(pair, key)
      }
      return key
    }
    return buildRows(trace, group.spans, packing, onPath, keys, keyOf, isNumbered)
  }

  /** In a lane of calls of one name the statement says more than the name does. */
  function barText(span: number, kind: string): string {
    const detail = detailOf(trace, span)
    if (kind === 'call' && detail !== '') return detail
    return barName(trace, span)
  }
}

function handOverDensity(density: DensityColumns): DensityColumns {
  const { time, area, queueing } = density
  return handOver(density, [time, area, ...(queueing ? [queueing.time, queueing.area] : [])])
}

function handOverRows(lane: LaneRows): LaneRows {
  const columns = lane.rows.flatMap((row) => {
    const { start, end, coveredBefore, wait, waitBefore, failedBefore, pathBefore, key, index, flags, span } = row
    const all = [start, end, coveredBefore, wait, waitBefore, failedBefore, pathBefore, key, index, flags, span]
    return [...all.filter((column) => column !== null), ...(row.mix ? [row.mix.hue, row.mix.coveredBefore] : [])]
  })
  return handOver(lane, columns)
}
