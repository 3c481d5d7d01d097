import './chart.css'
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { type ChartOption, type ECharts, init } from './echarts.ts'
import { type ChartMarks, type MarkPlace, moveMark, wrapLines } from './marks.ts'
import { currentPalette, type Palette, usePalette } from './palette.ts'
import { chartTheme } from './theme.ts'

interface ChartProps<Datum> {
  /** What it shows, for those who do not see it: `Wall time of 40 iterations, from 12 ms to 30 ms`. */
  readonly label: string
  /**
   * Makes the option from the colours of the theme. Keep it the same function while the data are the same (`useCallback`);
   * it is called again when the theme changes. Series that have marks need an `id`. Axes of values come from `valueAxis`.
   */
  readonly option: (palette: Palette) => ChartOption
  /** What the marks mean, by series: tooltips, keyboard and clicks come from here. */
  readonly marks?: readonly ChartMarks<Datum>[]
  /** A mark was clicked, or Enter pressed on it. */
  readonly onPick?: (datum: Datum) => void
  /** A part of the axis was zoomed to by an inside or slider `dataZoom`, as shares of it from 0 to 1. */
  readonly onZoom?: (from: number, to: number) => void
  /** Shares of the axis to be zoomed to, where several charts share a zoom; else each keeps its own. */
  readonly zoom?: readonly [from: number, to: number]
  /** A click anywhere in the plot, a mark or not: the value on the x axis. */
  readonly onPlace?: (x: number) => void
  /** A value on the x axis where a line stands, such as what is selected: drawn beside the chart, which is not drawn anew for it. */
  readonly guide?: number | null
  /** Pixels; default: as high as what it is in. */
  readonly height?: number
}

/**
 * A chart by ECharts in the studio's theme, without motion. It belongs into the widget `Figure`, with a table that holds the
 * same numbers.
 */
export function Chart<Datum>(props: ChartProps<Datum>) {
  const { label, option, marks = [], onPick, onZoom, onPlace, zoom, guide = null, height } = props
  const palette = usePalette()
  const place = useRef<HTMLDivElement>(null)
  const guideLine = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<ECharts | null>(null)
  const [at, setAt] = useState<MarkPlace | null>(null)
  const hint = useId()
  const latest = useRef<Latest<Datum>>({ marks })

  useEffect(() => {
    latest.current = {
      marks,
      ...(onPick ? { onPick } : {}),
      ...(onZoom ? { onZoom } : {}),
      ...(onPlace ? { onPlace } : {}),
    }
  })
  useEffect(() => openChart(place.current!, latest, setChart), [])
  useEffect(() => {
    if (chart === null || chart.isDisposed()) return
    // Before the theme is set, which forgets how far it was zoomed.
    const complete = completeOption(option(palette), chart, latest)
    chart.setTheme(chartTheme(palette), { silent: true })
    chart.setOption(complete, { notMerge: true })
  }, [chart, option, palette])
  const [from, to] = zoom ?? []
  useEffect(() => zoomTo(chart, from, to), [chart, from, to])
  useEffect(() => followGuide(chart, guideLine.current, guide), [chart, guide])
  useEffect(() => showMark(chart, latest.current.marks, at), [chart, at])

  const size = height === undefined ? undefined : { blockSize: height }
  const canvas = (
    <>
      <div className="chart-canvas" ref={place} />
      <div className="chart-guide" ref={guideLine} hidden />
    </>
  )
  if (!marks.some(({ count }) => count > 0)) {
    return (
      <div className="chart" role="img" aria-label={label} style={size}>
        {canvas}
      </div>
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = moveMark(marks, at, event.key)
    if (next) setAt(next)
    else if (event.key === 'Enter' && at !== null) onPick?.(marks[at.series]!.datum(at.index))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const sentence = at === null ? undefined : marks[at.series]?.sentence(at.index)
  return (
    <div
      className="chart"
      role="application"
      aria-roledescription="chart"
      aria-label={label}
      aria-describedby={hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the points.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => setAt(null)}
      style={size}
    >
      {canvas}
      <span className="visually-hidden" id={hint}>
        Arrow keys go through the points.{onPick ? ' Enter opens what a point was made from.' : ''}
      </span>
      <span className="visually-hidden" aria-live="polite">
        {sentence?.replaceAll('\n', ', ')}
      </span>
    </div>
  )
}

type Latest<Datum> = Pick<ChartProps<Datum>, 'onPick' | 'onZoom' | 'onPlace'> & {
  readonly marks: readonly ChartMarks<Datum>[]
}

/** Makes the chart as soon as there is room for it, and keeps it as large as its place. Returns how to end it. */
function openChart<Datum>(
  place: HTMLElement,
  latest: RefObject<Latest<Datum>>,
  opened: (chart: ECharts | null) => void,
): () => void {
  let chart: ECharts | undefined
  const open = (width: number, height: number): ECharts => {
    const made = init(place, chartTheme(currentPalette()), { renderer: 'canvas', width, height })
    made.on('click', (event) => {
      const { seriesId, dataIndex } = event as { seriesId?: string; dataIndex?: number }
      const series = latest.current.marks.find((known) => known.series === seriesId)
      if (!series || dataIndex === undefined || dataIndex >= series.count) return
      latest.current.onPick?.(series.datum(dataIndex))
    })
    made.on('datazoom', () => {
      const [zoom] = zoomsOf(made)
      if (zoom) latest.current.onZoom?.(zoom.start / 100, zoom.end / 100)
    })
    made.getZr().on('click', ({ offsetX, offsetY }) => {
      const { onPlace } = latest.current
      if (!onPlace || !made.containPixel({ gridIndex: 0 }, [offsetX, offsetY])) return
      const [x] = made.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY])
      if (x !== undefined && Number.isFinite(x)) onPlace(x)
    })
    opened(made)
    return made
  }
  const observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = place
    if (width === 0 || height === 0) return
    if (!chart) chart = open(width, height)
    else if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height })
  })
  observer.observe(place)
  return () => {
    observer.disconnect()
    chart?.dispose()
    opened(null)
  }
}

/** The option with the marks' sentences as tooltips, and zoomed as the chart was before. */
function completeOption<Datum>(option: ChartOption, chart: ECharts, latest: RefObject<Latest<Datum>>): ChartOption {
  const formatter = (hovered: unknown) => {
    const first = [hovered].flat()[0] as { seriesId?: string; dataIndex: number }
    const series = latest.current.marks.find((known) => known.series === first.seriesId)
    return wrapLines(series?.sentence(first.dataIndex) ?? '')
  }
  const zooms = zoomsOf(chart)
  const dataZoom = [option.dataZoom ?? []].flat().map((zoom, index) => ({ ...zoom, ...zooms[index] }))
  return {
    ...option,
    tooltip: { trigger: 'item', formatter, ...option.tooltip } as NonNullable<ChartOption['tooltip']>,
    ...(dataZoom.length > 0 ? { dataZoom } : {}),
  }
}

/** Follows a zoom that came from outside, in a task of its own: several charts at once would be one long one. */
function zoomTo(chart: ECharts | null, from: number | undefined, to: number | undefined): (() => void) | undefined {
  if (chart === null || from === undefined || to === undefined) return undefined
  const follow = () => {
    if (chart.isDisposed()) return
    const [now] = zoomsOf(chart)
    // What it shows already needs nothing.
    if (!now || (Math.abs(now.start - from * 100) < 1e-6 && Math.abs(now.end - to * 100) < 1e-6)) return
    chart.dispatchAction({ type: 'dataZoom', start: from * 100, end: to * 100 }, { silent: true })
  }
  const timer = setTimeout(follow)
  return () => clearTimeout(timer)
}

/** Keeps a line at a value of the x axis through zooms and resizes, until the returned function is called. */
function followGuide(chart: ECharts | null, line: HTMLElement | null, value: number | null): (() => void) | undefined {
  if (chart === null || chart.isDisposed() || line === null) return undefined
  const put = () => {
    const x = value === null ? Number.NaN : Number(chart.convertToPixel({ xAxisIndex: 0 }, value))
    const middle = chart.getHeight() / 2
    const isIn = (y: number) => chart.containPixel({ gridIndex: 0 }, [x, y])
    line.hidden = !Number.isFinite(x) || !isIn(middle)
    if (line.hidden) return
    line.style.insetInlineStart = `${x}px`
    line.style.insetBlock = `${edgeBetween(0, middle, isIn)}px ${chart.getHeight() - edgeBetween(chart.getHeight(), middle, isIn)}px`
  }
  put()
  chart.on('rendered', put)
  return () => {
    chart.off('rendered', put)
  }
}

/** Where, between a place outside and one inside, the inside begins; to a pixel. */
function edgeBetween(outside: number, inside: number, isIn: (at: number) => boolean): number {
  let [out, within] = [outside, inside]
  while (Math.abs(out - within) > 1) {
    const middle = (out + within) / 2
    if (isIn(middle)) within = middle
    else out = middle
  }
  return within
}

function zoomsOf(chart: ECharts): Array<{ readonly start: number; readonly end: number }> {
  const option = chart.getOption() as { dataZoom?: Array<{ start: number; end: number }> } | undefined
  return (option?.dataZoom ?? []).map(({ start, end }) => ({ start, end }))
}

/** Shows where the keyboard is, as it is shown where the mouse is. */
function showMark(chart: ECharts | null, marks: readonly ChartMarks<unknown>[], at: MarkPlace | null): void {
  if (chart === null || chart.isDisposed()) return
  chart.dispatchAction({ type: 'downplay' })
  const series = at === null ? undefined : marks[at.series]
  if (!series || at === null) {
    chart.dispatchAction({ type: 'hideTip' })
    return
  }
  chart.dispatchAction({ type: 'highlight', seriesId: series.series, dataIndex: at.index })
  const { series: shown = [] } = chart.getOption() as { series?: Array<{ id?: string }> }
  const seriesIndex = shown.findIndex(({ id }) => id === series.series)
  if (seriesIndex >= 0) chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex: at.index })
}
