import { useCallback, useMemo, useState } from 'react'
import { formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, TrialDot } from '../../../report/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { goTo } from '../../state/route.ts'
import { Figure } from '../../widgets/figure.tsx'
import { ArmLegend } from './arm-legend.tsx'
import { armColour, crossShape, shapeOf } from './arm-look.ts'
import { armName, TrialTable } from './trial-table.tsx'

/** Every trial as a dot, in the order in which they ran. */
export function TrialsChart({ section }: { readonly section: ExperimentSection }) {
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const series = useMemo(
    () => seriesOf(section).filter(({ arm, dots }) => dots.length > 0 && !hidden.has(arm)),
    [section, hidden],
  )
  const marks = useMemo(
    () =>
      series.map(({ id, dots }) => ({
        series: id,
        count: dots.length,
        sentence: (index: number) => sentenceOf(section, dots[index]!),
        datum: (index: number) => dots[index]!,
      })),
    [section, series],
  )
  const option = useCallback((palette: Palette) => optionOf(section, series, palette), [section, series])
  return (
    <Figure
      name="compare.trials"
      title="Every trial in the order they ran"
      caption={captionOf(section)}
      picture={
        <div className="trials-picture">
          <ArmLegend section={section} hidden={hidden} onChange={setHidden} />
          <Chart<TrialDot>
            label={`${section.trials.length} trials of ${section.variants.length} variants in the order they ran`}
            option={option}
            marks={marks}
            onPick={({ runId }) => runId !== '' && goTo({ screen: 'run', id: runId })}
          />
        </div>
      }
      table={<TrialTable section={section} />}
    />
  )
}

function captionOf({ design, trials, variants }: ExperimentSection): string {
  return [
    `${design.metric} by block, within a block in the order they ran; lines are medians of what counts.`,
    ...(trials.some(({ counted, value }) => !counted && value !== null) ? ['Hollow: does not count.'] : []),
    ...(trials.some(({ value }) => value === null) ? ['Cross: no result.'] : []),
    `The wheel zooms${trials.some(({ runId }) => runId !== '') ? ', a click opens the run' : ''}.`,
    ...(variants.length > 2 ? ['The names above hide and show.'] : []),
  ].join(' ')
}

/** Trials of one arm that count, that do not, or that have no result. */
interface Series {
  readonly id: string
  readonly arm: number
  readonly kind: 'counted' | 'left out' | 'failed'
  readonly dots: readonly TrialDot[]
}

function seriesOf({ variants, control, trials }: ExperimentSection): Series[] {
  const arms = variants.length + (control ? 1 : 0)
  const kindOf = ({ value, counted }: TrialDot) => (value === null ? 'failed' : counted ? 'counted' : 'left out')
  return Array.from({ length: arms }, (_, arm) => arm).flatMap((arm) =>
    (['counted', 'left out', 'failed'] as const).map((kind) => ({
      ...{ id: `${arm} ${kind}`, arm, kind },
      dots: trials.filter((dot) => dot.variant === arm && kindOf(dot) === kind),
    })),
  )
}

/** Where a trial stands: its block, counted from 1, and its place in it. */
function placeOf({ block, position, variant }: TrialDot, arms: number): number {
  return block + 1 + (((position ?? variant) + 0.5) / arms - 0.5) * 0.7
}

function optionOf(section: ExperimentSection, drawn: readonly Series[], palette: Palette): ChartOption {
  const { low, high, top } = rangeOf(drawn)
  const arms = section.variants.length + (section.control ? 1 : 0)
  const blocks = section.trials.map(({ block }) => block + 1)
  const hasWarmUp = blocks.includes(0)
  return {
    grid: { top: 8, bottom: 8, left: 12, right: 12 },
    dataZoom: [{ type: 'inside', xAxisIndex: 0, filterMode: 'none', minValueSpan: 2 }],
    xAxis: {
      type: 'value',
      name: 'block',
      nameLocation: 'middle',
      nameGap: 22,
      min: hasWarmUp ? -0.5 : 0.5,
      max: Math.max(1, ...blocks) + 0.5,
      minInterval: 1,
      splitLine: { show: false },
      axisLabel: {
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (block: number) => (block === 0 ? 'warm-up' : Number.isInteger(block) ? String(block) : ''),
      },
    },
    yAxis: valueAxis({ name: section.design.metric, unit: 'duration', low, high }),
    series: drawn.map(({ id, arm, kind, dots }) => {
      const colour = armColour(section, arm, palette)
      const median = kind === 'counted' ? (section.variants[arm] ?? section.control)?.median : null
      return {
        id,
        type: 'scatter' as const,
        name: armName(section, arm),
        symbol: `path://${kind === 'failed' ? crossShape : shapeOf(arm)}`,
        symbolSize: kind === 'failed' ? 8 : 7,
        data: dots.map((dot) => [placeOf(dot, arms), dot.value === null ? top : Math.min(dot.value, top)]),
        itemStyle:
          kind === 'left out'
            ? { color: 'transparent', borderColor: colour, borderWidth: 1, opacity: 0.7 }
            : { color: colour, opacity: 0.9 },
        ...(median == null
          ? {}
          : {
              markLine: {
                data: [{ yAxis: median }],
                lineStyle: { color: colour, type: 'solid' as const, width: 1, opacity: 0.35 },
                label: { show: false },
              },
            }),
      }
    }),
  }
}

/** From the least to the most; crosses stand at the top. The warm-up block may be far off: it must not squeeze the others. */
function rangeOf(drawn: readonly Series[]): { low: number; high: number; top: number } {
  const all = drawn.flatMap(({ dots }) => dots).filter(({ value }) => value !== null)
  const measured = all.filter(({ block }) => block >= 0)
  const values = (measured.length > 0 ? measured : all).map(({ value }) => value!)
  if (values.length === 0) return { low: 0, high: 1e6, top: 1e6 }
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return { low, high: high * 1.02, top: high * 1.02 }
}

function sentenceOf(section: ExperimentSection, dot: TrialDot): string {
  const block = section.blocks.find((line) => line.block === dot.block)?.name ?? String(dot.block + 1)
  return [
    `${armName(section, dot.variant)}: ${dot.value === null ? `no result, ${dot.reason}` : formatDuration(dot.value)}`,
    `block ${block}${dot.position === null ? '' : `, trial ${dot.position + 1} of it`}`,
    ...(dot.leftOut ? [`does not count: ${dot.leftOut}`] : []),
    ...dot.disturbances,
  ].join('\n')
}
