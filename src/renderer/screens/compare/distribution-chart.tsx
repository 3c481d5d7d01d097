import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'
import { useCallback, useMemo } from 'react'
import { formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, TrialDot } from '../../../report/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { goTo } from '../../state/route.ts'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { Figure } from '../../widgets/figure.tsx'
import { armColour } from './arm-look.ts'
import { type Box, boxOf, spread } from './experiment-section.ts'
import { armName } from './trial-table.tsx'

/** How the trials of one variant are spread. */
interface Strip {
  readonly variant: number
  readonly name: string
  readonly dots: readonly TrialDot[]
  readonly box: Box | null
}

/** The trials of each variant over time: where most are, and whether there is more than one heap of them. */
export function DistributionChart({ section }: { readonly section: ExperimentSection }) {
  const strips = useMemo(() => stripsOf(section), [section])
  const marks = useMemo(
    () => [
      {
        series: 'boxes',
        count: strips.length,
        sentence: (index: number) => boxSentence(strips[index]!),
        datum: (): TrialDot | null => null,
      },
      ...strips.map(({ variant, name, dots }) => ({
        series: `dots ${variant}`,
        count: dots.length,
        sentence: (index: number) => `${name}: ${formatDuration(dots[index]!.value!)}`,
        datum: (index: number): TrialDot | null => dots[index]!,
      })),
    ],
    [strips],
  )
  const option = useCallback((palette: Palette) => optionOf(section, strips, palette), [section, strips])
  return (
    <Figure
      name="compare.distribution"
      title="How they are spread"
      caption="Counted trials; the box holds the middle half, its line is the median, whiskers reach from the 5th to the 95th percentile."
      picture={
        <Chart<TrialDot | null>
          label={`Distribution of ${section.design.metric} by variant`}
          option={option}
          marks={marks}
          onPick={(dot) => dot && dot.runId !== '' && goTo({ screen: 'run', id: dot.runId })}
        />
      }
      table={<StripTable strips={strips} />}
    />
  )
}

function stripsOf(section: ExperimentSection): Strip[] {
  const arms = section.variants.length + (section.control ? 1 : 0)
  return Array.from({ length: arms }, (_, variant): Strip => {
    const dots = section.trials.filter((dot) => dot.variant === variant && dot.counted && dot.value !== null)
    return { variant, name: armName(section, variant), dots, box: boxOf(dots.map(({ value }) => value!)) }
  })
}

function boxSentence({ name, dots, box }: Strip): string {
  if (!box) return `${name}: no data`
  return [
    `${name}: median ${formatDuration(box.median)}`,
    `middle half ${formatDuration(box.lower)} to ${formatDuration(box.upper)}`,
    `${formatCount(dots.length)} trials`,
  ].join('\n')
}

function optionOf(section: ExperimentSection, strips: readonly Strip[], palette: Palette): ChartOption {
  const values = strips.flatMap(({ dots }) => dots.map(({ value }) => value!))
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1]
  return {
    grid: { top: 8, left: 12, right: 16, bottom: 8 },
    xAxis: {
      ...valueAxis({ name: section.design.metric, unit: 'duration', low, high }),
      nameLocation: 'middle',
      nameGap: 22,
      nameTextStyle: { align: 'center' },
    },
    yAxis: {
      type: 'category',
      data: strips.map(({ name }) => name),
      inverse: true,
      axisTick: { show: false },
      axisLabel: { width: 84, overflow: 'truncate' },
    },
    series: [
      ...strips.map(({ variant, dots }) => ({
        id: `dots ${variant}`,
        type: 'custom' as const,
        renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          drawDot(params, api, armColour(section, variant, palette)),
        data: dots.map(({ value }, index) => [value!, variant, spread(index)]),
        encode: { x: 0, y: 1 },
      })),
      {
        id: 'boxes',
        type: 'custom' as const,
        renderItem: (_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => drawBox(api, palette),
        data: strips.map(({ variant, box }) =>
          box ? [box.median, variant, box.low, box.lower, box.upper, box.high] : [Number.NaN, variant],
        ),
        encode: { x: [0, 2, 3, 4, 5], y: 1 },
        z: 3,
      },
    ],
  }
}

/** Half the height of a strip's box, in pixels, for rows of this height. */
function halfHeight(api: CustomSeriesRenderItemAPI): number {
  const [, row = 40] = api.size!([0, 1]) as number[]
  return Math.max(4, Math.min(14, row * 0.22))
}

function drawDot(_params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI, fill: string) {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)])
  const half = halfHeight(api)
  return {
    type: 'circle' as const,
    shape: { cx: x, cy: y + Number(api.value(2)) * half * 1.7, r: 3 },
    style: { fill, opacity: 0.55 },
  }
}

function drawBox(api: CustomSeriesRenderItemAPI, palette: Palette) {
  const variant = api.value(1)
  const at = (dimension: number) => api.coord([api.value(dimension), variant]) as [number, number]
  const [median, y] = at(0)
  if (!Number.isFinite(median)) return { type: 'group' as const, children: [] }
  const half = halfHeight(api)
  const [low, lower, upper, high] = [2, 3, 4, 5].map((dimension) => at(dimension)[0]) as [
    number,
    number,
    number,
    number,
  ]
  const line = (x1: number, y1: number, x2: number, y2: number, width = 1) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke: palette.ink, lineWidth: width },
  })
  return {
    type: 'group' as const,
    children: [
      line(low, y, lower, y),
      line(upper, y, high, y),
      {
        type: 'rect' as const,
        shape: { x: lower, y: y - half, width: Math.max(1, upper - lower), height: 2 * half },
        style: { fill: 'transparent', stroke: palette.ink, lineWidth: 1 },
      },
      line(median, y - half, median, y + half, 2.5),
    ],
  }
}

const boxColumns: readonly Column<Strip>[] = [
  { id: 'name', title: 'Variant', width: 90, grow: 1, render: ({ name }) => name, value: ({ name }) => name },
  ...(
    [
      ['low', '5 %'],
      ['lower', '25 %'],
      ['median', 'Median'],
      ['upper', '75 %'],
      ['high', '95 %'],
    ] as const
  ).map(
    ([id, title]): Column<Strip> => ({
      ...{ id, title, width: 72, align: 'number' },
      render: ({ box }) => (box ? formatDuration(box[id]) : '–'),
      value: ({ box }) => box?.[id] ?? null,
    }),
  ),
  {
    id: 'count',
    title: 'Trials',
    width: 56,
    align: 'number',
    render: ({ dots }) => formatCount(dots.length),
    value: ({ dots }) => dots.length,
  },
]

function StripTable({ strips }: { readonly strips: readonly Strip[] }) {
  return (
    <DataTable
      name="compare.strips"
      label="Percentiles of each variant"
      columns={boxColumns}
      rows={strips}
      keyOf={({ variant }) => String(variant)}
      emptyText="No trial counts yet."
    />
  )
}
