import './workflow-graph.css'
import { type CSSProperties, useMemo } from 'react'
import { type GraphMeasures, layOutGraph, type NodeTable } from '../../../analysis/index.ts'
import type { NodeDescription } from '../../../workflow/index.ts'
import { hueOf } from '../hues.ts'
import { edgePath } from './edge-path.ts'
import { factsOf } from './node-facts.ts'

interface GraphThumbnailProps {
  readonly nodes: readonly NodeDescription[]
  /** Colours the nodes by what a run says; absent: by their names alone. */
  readonly table?: NodeTable | null
  /** Room in pixels. The picture is as large as fits, and no larger than it has to be. */
  readonly width: number
  readonly height: number
}

const measures: GraphMeasures = {
  ...{ boxWidth: 44, boxHeight: 16, columnGap: 16, rowGap: 8, padding: 5, headHeight: 9 },
}
/** Names are written where a box has at least so much room. */
const leastText = { width: 56, height: 14 } as const
/** A picture of few nodes is not blown up beyond this. */
const largestScale = 2

/** A workflow at a glance, for cards: how many nodes, what follows what, which are cycles. Without words where they could not be read. */
export function GraphThumbnail({ nodes, table = null, width, height }: GraphThumbnailProps) {
  const layout = useMemo(() => layOutGraph(nodes, measures), [nodes])
  const scale = Math.min(
    largestScale,
    (width - 2) / Math.max(1, layout.width),
    (height - 2) / Math.max(1, layout.height),
  )
  const [across, down] = [width / scale, height / scale]
  const view = [(layout.width - across) / 2, (layout.height - down) / 2, across, down]
  return (
    <svg
      className="graph-thumbnail"
      role="img"
      aria-label={describe(nodes)}
      width={width}
      height={height}
      viewBox={view.map((value) => Math.round(value * 100) / 100).join(' ')}
    >
      {layout.edges.map(({ from, to, points }) => (
        <path key={`${from}\n${to}`} className="workflow-graph-edge" d={edgePath(points)} strokeWidth={1 / scale} />
      ))}
      {layout.boxes.map(({ node, x, y, width: wide, height: high }) => {
        const { share, failures } = factsOf(table, node.path)
        const isGroup = (node.nodes?.length ?? 0) > 0
        const hasText = wide * scale >= leastText.width && measures.boxHeight * scale >= leastText.height && !isGroup
        const size = 11 / scale
        return (
          <g
            key={node.path}
            className="graph-thumbnail-node"
            data-group={isGroup || undefined}
            data-failed={failures > 0 || undefined}
            data-hued=""
            style={{ '--hue': hueOf(node.path), '--share': `${Math.round(100 * (share ?? 0))}%` } as CSSProperties}
          >
            <rect x={x} y={y} width={wide} height={high} rx={2.5 / scale} strokeWidth={1 / scale} />
            {hasText && (
              <text x={x + wide / 2} y={y + high / 2 + size * 0.36} textAnchor="middle" fontSize={size}>
                {clip(node.name, (wide * scale - 8) / 6)}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…`
}

function describe(nodes: readonly NodeDescription[]): string {
  const names = nodes.map(({ name, kind }) => `${name} (${kind})`)
  return nodes.length === 0 ? 'No nodes' : `Nodes: ${names.join(', ')}`
}
