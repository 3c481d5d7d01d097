import type { GraphPoint } from '../../../analysis/index.ts'

/** A smooth line through the points of an edge, which begins and ends level: the `d` of an SVG path. */
export function edgePath(points: readonly GraphPoint[]): string {
  const [first, ...others] = points
  if (!first) return ''
  let path = `M${px(first.x)} ${px(first.y)}`
  let last = first
  for (const next of others) {
    const middle = (last.x + next.x) / 2
    path +=
      last.y === next.y
        ? `H${px(next.x)}`
        : `C${px(middle)} ${px(last.y)} ${px(middle)} ${px(next.y)} ${px(next.x)} ${px(next.y)}`
    last = next
  }
  return path
}

function px(value: number): number {
  return Math.round(value * 100) / 100
}
