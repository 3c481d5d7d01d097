import { useCallback, useMemo } from 'react'
import { formatDuration } from '../../../base/index.ts'
import type { ExperimentSection, TrialDot } from '../../../report/index.ts'
import { valueAxis } from '../../charts/chart/axis.ts'
import { Chart } from '../../charts/chart/chart.tsx'
import type { ChartOption } from '../../charts/chart/echarts.ts'
import type { Palette } from '../../charts/chart/palette.ts'
import { hueOf } from '../../charts/hues.ts'
import { goTo } from '../../state/route.ts'
import { Figure } from '../../widgets/figure.tsx'
import { armName, TrialTable } from './trial-table.tsx'

/** A mark of its own for each arm: colour is not the only sign. */
const symbols = ['circle', 'diamond', 'triangle', 'rect', 'pin', 'arrow'] as const

/** Every trial as a dot, in the order in which they ran. */
export function TrialsChart({ section }: { readonly section: ExperimentSection }) {
  const arms = useMemo(() => dotsByArm(section), [section])
  const marks = useMemo(
    () =>
      arms.map(({ id, dots }) => ({
        series: id,
        count: dots.length,
        sentence: (index: number) => sentenceOf(section, dots[index]!),
        datum: (index: number) => dots[index]!,
      })),
    [section, arms],
  )
  const option = useCallback((palette: Palette) => optionOf(section, arms, palette), [section, arms])
  const left = section.trials.filter(({ counted }) => !counted).length
  return (
    <Figure
      name="compare.trials"
      title="Every trial in the order they ran"
      caption={`${section.design.metric} by block; within a block from left to right as they ran.${left > 0 ? ' Hollow: does not count.' : ''} A click opens the run.`}
      picture={
        <Chart<TrialDot>
          label={`${section.trials.length} trials of ${section.variants.length} variants in the order they ran`}
          option={option}
          marks={marks}
          onPick={({ runId }) => runId !== '' && goTo({ screen: 'run', id: runId })}
        />
      }
      table={<TrialTable section={section} />}
    />
  )
}

/** Trials of one arm that count, or that do not. */
interface DrawnArm {
  readonly id: string
  readonly variant: number
  readonly counted: boolean
  readonly dots: readonly TrialDot[]
}

function dotsByArm({ variants, control, trials }: ExperimentSection): DrawnArm[] {
  const arms = variants.length + (control ? 1 : 0)
  const drawn = trials.filter(({ value }) => value !== null)
  return Array.from({ length: arms }, (_, variant) => variant).flatMap((variant) =>
    [true, false].map((counted) => ({
      ...{ id: `${variant} ${counted ? 'counted' : 'left out'}`, variant, counted },
      dots: drawn.filter((dot) => dot.variant === variant && dot.counted === counted),
    })),
  )
}

/** Where a trial stands: its block, counted from 1, and its place in it. */
function placeOf({ block, position, variant }: TrialDot, arms: number): number {
  return block + 1 + (((position ?? variant) + 0.5) / arms - 0.5) * 0.7
}

function optionOf(section: ExperimentSection, drawn: readonly DrawnArm[], palette: Palette): ChartOption {
  const values = drawn.flatMap(({ dots }) => dots.filter(({ block }) => block >= 0).map(({ value }) => value!))
  const all = values.length > 0 ? values : drawn.flatMap(({ dots }) => dots.map(({ value }) => value!))
  const arms = section.variants.length + (section.control ? 1 : 0)
  const last = Math.max(1, ...section.trials.map(({ block }) => block + 1))
  // The warm-up block may be far off: it must not squeeze the others.
  const high = Math.max(...all) * 1.02
  return {
    legend: {
      top: 0,
      right: 0,
      data: drawn.filter(({ counted }) => counted).map(({ variant }) => armName(section, variant)),
    },
    grid: { top: 36, bottom: 26 },
    xAxis: {
      type: 'value',
      name: 'block',
      nameLocation: 'middle',
      nameGap: 24,
      min: 0,
      max: last + 1,
      minInterval: 1,
      splitLine: { show: false },
      axisLabel: { showMinLabel: false, showMaxLabel: false },
    },
    yAxis: valueAxis({ name: section.design.metric, unit: 'duration', low: Math.min(...all), high }),
    series: drawn.map(({ id, variant, counted, dots }) => {
      const colour = variant === 0 ? palette.inkQuiet : palette.barEdge(hueOf(armName(section, variant)))
      return {
        id,
        type: 'scatter' as const,
        name: counted ? armName(section, variant) : `${armName(section, variant)}, left out`,
        symbol: symbols[variant % symbols.length]!,
        symbolSize: 7,
        data: dots.map((dot) => [placeOf(dot, arms), Math.min(dot.value!, high)]),
        itemStyle: counted
          ? { color: colour, opacity: 0.9 }
          : { color: 'transparent', borderColor: colour, borderWidth: 1, opacity: 0.7 },
      }
    }),
  }
}

function sentenceOf(section: ExperimentSection, dot: TrialDot): string {
  const block = section.blocks.find((line) => line.block === dot.block)?.name ?? String(dot.block + 1)
  return [
    `${armName(section, dot.variant)}: ${formatDuration(dot.value ?? Number.NaN)}`,
    `block ${block}${dot.position === null ? '' : `, trial ${dot.position + 1} of it`}`,
    ...(dot.leftOut ? [`does not count: ${dot.leftOut}`] : []),
    ...dot.disturbances,
  ].join('\n')
}
