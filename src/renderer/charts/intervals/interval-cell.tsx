import './interval-cell.css'
import type { ReactNode } from 'react'
import { changeTicks, type RatioAxis } from '../../../report/index.ts'
import type { Verdict } from '../../../statistics/index.ts'

/** An effect as a ratio with its interval; an end that is `null` is unbounded. */
export interface DrawnEffect {
  readonly ratio: number
  readonly low: number | null
  readonly high: number | null
}

/** Hue by direction. What is sure is filled, what is not is hatched. */
export type Tone = 'faster' | 'slower' | 'same'

/** How a verdict is drawn. */
export function toneOf(verdict: Verdict | null): Tone {
  if (verdict === 'faster' || verdict === 'faster-maybe-negligible') return 'faster'
  return verdict === 'slower' || verdict === 'slower-maybe-negligible' ? 'slower' : 'same'
}

interface IntervalCellProps {
  /** Made by `ratioAxis` for the width that the cell has: all cells of one picture share it. */
  readonly axis: RatioAxis
  readonly width: number
  readonly height?: number
  readonly effect?: DrawnEffect | null | undefined
  readonly tone?: Tone
  /** Whether it is significant. */
  readonly solid?: boolean
  /** A range that was predicted, drawn as an outline. */
  readonly predicted?: { readonly low: number; readonly high: number } | undefined
  /** The row in words. */
  readonly label: string
}

/** One row of intervals on a shared axis: the region of indifference as a band, the interval as a bar, the estimate as a tick. */
export function IntervalCell(props: IntervalCellProps) {
  const { axis, width, height = 26, effect, tone = 'same', solid = false, predicted, label } = props
  const middle = height / 2
  const none = axis.scale(1)
  const rope = axis.rope === null ? null : { from: axis.scale(1 / (1 + axis.rope)), to: axis.scale(1 + axis.rope) }
  return (
    <svg className="interval-cell" width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      {rope && (
        <rect className="interval-rope" x={rope.from} y={0} width={Math.max(1, rope.to - rope.from)} height={height} />
      )}
      <path className="interval-none" d={`M${none} 0V${height}`} />
      {predicted && (
        <rect
          className="interval-predicted"
          x={axis.scale(predicted.low)}
          y={middle - 7}
          width={Math.max(2, axis.scale(predicted.high) - axis.scale(predicted.low))}
          height={14}
          rx={1}
        />
      )}
      {effect && <Bar axis={axis} effect={effect} tone={tone} solid={solid} middle={middle} />}
    </svg>
  )
}

interface BarProps {
  readonly axis: RatioAxis
  readonly effect: DrawnEffect
  readonly tone: Tone
  readonly solid: boolean
  readonly middle: number
}

function Bar({ axis, effect, tone, solid, middle }: BarProps) {
  const clamp = (ratio: number) => Math.min(axis.high, Math.max(axis.low, ratio))
  const left = axis.scale(effect.low === null ? axis.low : clamp(effect.low))
  const right = axis.scale(effect.high === null ? axis.high : clamp(effect.high))
  const at = axis.scale(clamp(effect.ratio))
  return (
    <g className={`interval-${tone}`}>
      <path className="interval-reach" d={`M${axis.scale(1)} ${middle}H${at}`} />
      <rect
        className={solid ? 'interval-bar' : 'interval-bar interval-open'}
        x={left}
        y={middle - 5}
        width={Math.max(2, right - left)}
        height={10}
      />
      {!solid && <Hatch left={left} right={Math.max(left + 2, right)} middle={middle} />}
      {effect.low === null && <path className="interval-arrow" d={arrowAt(left, middle, 1)} />}
      {effect.high === null && <path className="interval-arrow" d={arrowAt(right, middle, -1)} />}
      <path className="interval-mark" d={`M${at} ${middle - 8}V${middle + 8}`} />
    </g>
  )
}

/** Stripes as one path: a pattern would need an id for each theme and each picture. */
function Hatch({ left, right, middle }: { readonly left: number; readonly right: number; readonly middle: number }) {
  let path = ''
  for (let x = left - 10; x < right; x += 5) {
    const [from, to] = [Math.max(x, left), Math.min(x + 10, right)]
    if (to > from) path += `M${from} ${middle + 5 - (from - x)}L${to} ${middle + 5 - (to - x)}`
  }
  return <path className="interval-hatch" d={path} />
}

function arrowAt(x: number, middle: number, way: 1 | -1): string {
  return `M${x + 6 * way} ${middle - 5}L${x} ${middle}L${x + 6 * way} ${middle + 5}`
}

/** The axis below the rows: change in per cent, less time to the left. */
export function IntervalAxis({ axis, width }: { readonly axis: RatioAxis; readonly width: number }) {
  return (
    <svg className="interval-cell" width={width} height={34} role="img" aria-label="Axis: change against the baseline">
      {changeTicks(axis.low, axis.high, axis.scale, 46).map(({ ratio, label }) => (
        <g key={label}>
          <path className="interval-tick" d={`M${axis.scale(ratio)} 0v4`} />
          <text x={axis.scale(ratio)} y={15} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      <text x={4} y={31}>
        ◂ less time
      </text>
      <text x={width - 4} y={31} textAnchor="end">
        more time ▸
      </text>
    </svg>
  )
}

/** What the parts of a row mean. */
export function IntervalLegend({ rope }: { readonly rope: number }) {
  const part = (text: string, picture: ReactNode) => (
    <li key={text}>
      <svg className="interval-cell interval-same" width={20} height={12} aria-hidden="true">
        {picture}
      </svg>
      {text}
    </li>
  )
  return (
    <ul className="interval-legend">
      {part('significant', <rect className="interval-bar" x={1} y={2} width={18} height={8} />)}
      {part(
        'not significant',
        <>
          <rect className="interval-bar interval-open" x={1} y={2} width={18} height={8} />
          <Hatch left={1} right={19} middle={6} />
        </>,
      )}
      {part('estimate', <path className="interval-mark" d="M10 0V12" />)}
      {part(
        `±${Number((rope * 100).toPrecision(3))} %: too small to matter`,
        <rect className="interval-rope" x={4} y={0} width={12} height={12} />,
      )}
    </ul>
  )
}
