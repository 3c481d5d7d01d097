import { formatNumber } from '../../../base/index.ts'

/** What an axis counts. `duration`: nanoseconds; `bytes`; `change`: a ratio of times, shown as signed per cent; `share`: 0 to 1. */
export type AxisUnit = 'duration' | 'bytes' | 'count' | 'number' | 'share' | 'change'

/** The unit that an axis is labelled in: values are divided by `divisor` first. */
export interface AxisScale {
  /** As it stands in the axis' name; empty where there is none. */
  readonly symbol: string
  readonly divisor: number
}

const durationScales: readonly AxisScale[] = [
  { symbol: 'ns', divisor: 1 },
  { symbol: 'µs', divisor: 1e3 },
  { symbol: 'ms', divisor: 1e6 },
  { symbol: 's', divisor: 1e9 },
  { symbol: 'min', divisor: 60e9 },
  { symbol: 'h', divisor: 3600e9 },
]
const byteScales: readonly AxisScale[] = ['B', 'KiB', 'MiB', 'GiB', 'TiB'].map((symbol, power) => ({
  symbol,
  divisor: 1024 ** power,
}))

/** The one unit that suits values up to `largest` in size: the largest in which it is at least one. */
export function axisScale(unit: AxisUnit, largest: number): AxisScale {
  const size = Math.abs(largest)
  const fitting = (scales: readonly AxisScale[]) => scales.findLast(({ divisor }) => divisor <= size) ?? scales[0]!
  // Up to ten of the next unit read better in this one: 90 s rather than 1.5 min.
  if (unit === 'duration') return size >= 60e9 && size < 600e9 ? durationScales[3]! : fitting(durationScales)
  if (unit === 'bytes') return fitting(byteScales)
  return { symbol: unit === 'share' || unit === 'change' ? '%' : '', divisor: unit === 'share' ? 0.01 : 1 }
}

/** What a chart's axis of values is. */
export interface AxisRequest {
  /** What it counts, without the unit: `wall time`. */
  readonly name: string
  readonly unit: AxisUnit
  /** The smallest and largest value that must be on it. */
  readonly low: number
  readonly high: number
  /** Begin at zero; default false. The name says so where it does not. */
  readonly zero?: boolean
}

/**
 * The part of an ECharts axis that says its unit: a name with the unit, ticks at round numbers of that unit, and labels
 * without it. Spread it into a `yAxis` or `xAxis` of type `value`.
 */
export function valueAxis({ name, unit, low, high, zero = false }: AxisRequest) {
  const from = zero ? Math.min(0, low) : low
  const { min, max, interval, scale } = roundRange(unit, from, high)
  const { symbol } = scale
  return {
    type: 'value' as const,
    name: symbol === '' ? name : `${name} (${symbol})`,
    nameTextStyle: { align: 'left' as const },
    ...{ min, max, interval },
    axisLabel: { formatter: (value: number) => formatTick(value, unit, scale) },
  }
}

/** From and to where, and how far apart, ticks are round numbers in the unit; all in the unit of the values. */
export function roundRange(
  unit: AxisUnit,
  low: number,
  high: number,
): { readonly min: number; readonly max: number; readonly interval: number; readonly scale: AxisScale } {
  const scale = axisScale(unit, Math.max(Math.abs(low), Math.abs(high)))
  const [bottom, top] =
    high > low
      ? [low, high]
      : [low - Math.abs(low) * 0.05 - Number(low === 0), high + Math.abs(high) * 0.05 + Number(high === 0)]
  const step = roundStep((top - bottom) / scale.divisor / 4, unit === 'count')
  const min = Math.floor(bottom / scale.divisor / step + 1e-9) * step
  const max = Math.ceil(top / scale.divisor / step - 1e-9) * step
  const back = (value: number) => Number((value * scale.divisor).toPrecision(12))
  return { min: back(min), max: back(max), interval: back(step), scale }
}

/** The smallest of 1, 2, 2.5, 5 × a power of ten that is at least `rough`. */
function roundStep(rough: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power
  return whole ? Math.max(1, Math.ceil(step)) : step
}

/** The text at a tick: as many digits as tell it from its neighbours, without the unit; changes as signed per cent. */
export function formatTick(value: number, unit: AxisUnit, scale: AxisScale): string {
  if (unit === 'change') {
    const percent = Number(((value - 1) * 100).toPrecision(6))
    return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}`
  }
  const shown = Number((value / scale.divisor).toPrecision(6))
  if (shown !== 0 && Math.abs(shown) < 1e-4) return formatNumber(shown)
  const [whole = '', fraction] = String(Math.abs(shown)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
  return `${shown < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}
