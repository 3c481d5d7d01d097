import './sparkline.css'
import { useMemo } from 'react'
import type { HistorySeries } from '../../../analysis/index.ts'
import { layOutSparkline } from './sparkline-layout.ts'

/** Pixels. */
const width = 208
const height = 64

/**
 * A history as a small picture: points with their intervals, the level of each stretch, changes as dashed lines. Orange and
 * blue are for changes that are confirmed; one that is only possible is an outline. `label` says it in words.
 */
export function Sparkline({ series, label }: { readonly series: HistorySeries; readonly label: string }) {
  const layout = useMemo(() => layOutSparkline(series, width, height), [series])
  if (layout === null) return null
  const { points, levels, changes, possible } = layout
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {points.map(({ index, x, low, high }) =>
        low === undefined ? null : <path key={index} className="sparkline-interval" d={`M${x} ${low}V${high}`} />,
      )}
      {changes.map(({ x, tone }) => (
        <path key={x} className={`sparkline-change sparkline-${tone}`} d={`M${x} 1V${height - 1}`} />
      ))}
      {possible && (
        <rect
          className={`sparkline-possible sparkline-${possible.tone}`}
          x={possible.x}
          y={1}
          width={Math.max(6, width - possible.x - 0.5)}
          height={height - 2}
          rx={2}
        />
      )}
      {levels.map(({ from, to, y, tone }) => (
        <path key={from} className={`sparkline-level sparkline-${tone}`} d={`M${from - 2} ${y}H${to + 2}`} />
      ))}
      {points.map(({ index, x, y, counts }) => (
        <circle key={index} className={counts ? 'sparkline-point' : 'sparkline-point-shown'} cx={x} cy={y} r={2} />
      ))}
    </svg>
  )
}
