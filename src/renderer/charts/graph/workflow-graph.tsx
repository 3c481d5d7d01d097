import './workflow-graph.css'
import { type CSSProperties, type KeyboardEvent, useMemo, useRef } from 'react'
import { type GraphBox, type GraphMeasures, layOutGraph, type NodeTable } from '../../../analysis/index.ts'
import { formatCount, formatShare } from '../../../base/index.ts'
import type { NodeDescription } from '../../../workflow/index.ts'
import { hueOf } from '../hues.ts'
import { edgePath } from './edge-path.ts'
import { factsOf, sayNode } from './node-facts.ts'

interface WorkflowGraphProps {
  /** Of the workflow's description. */
  readonly nodes: readonly NodeDescription[]
  /** What a run says about them (`buildNodeTable`); `null`: the workflow alone. */
  readonly table: NodeTable | null
  /** Path of the selected node. */
  readonly selected?: string | null
  /** A click, Enter or Space. Without it nothing can be selected. */
  readonly onSelect?: (path: string) => void
}

const measures: GraphMeasures = {
  ...{ boxWidth: 168, boxHeight: 46, columnGap: 40, rowGap: 14, padding: 12, headHeight: 34 },
}
/** Around everything, for what is selected. */
const margin = 4
const letter = { title: 6.9, detail: 5.9 } as const

/**
 * The nodes of a workflow from left to right by what they wait for, cycles as boxes around theirs. A node is the stronger in colour
 * the more of the critical path it held up. Arrow keys go from node to node.
 */
export function WorkflowGraph({ nodes, table, selected = null, onSelect }: WorkflowGraphProps) {
  const { boxes, edges, width, height } = useMemo(() => layOutGraph(nodes, measures), [nodes])
  const svg = useRef<SVGSVGElement>(null)
  const paths = boxes.map(({ node }) => node.path)
  const focused = selected !== null && paths.includes(selected) ? selected : paths[0]
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const at = paths.indexOf((document.activeElement as SVGElement | null)?.dataset.path ?? '')
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
    const step = steps[event.key]
    if (at < 0) return
    if (step !== undefined) {
      const next = paths[Math.min(paths.length - 1, Math.max(0, at + step))]!
      for (const element of svg.current?.querySelectorAll<SVGElement>('[data-path]') ?? []) {
        if (element.dataset.path === next) element.focus()
      }
    } else if (onSelect && (event.key === 'Enter' || event.key === ' ')) onSelect(paths[at]!)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture has no fieldset
    <svg
      ref={svg}
      className="workflow-graph"
      role="group"
      aria-label="Nodes of the workflow"
      width={width + 2 * margin}
      height={height + 2 * margin}
      viewBox={`${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`}
      onKeyDown={onKeyDown}
    >
      <defs>
        <marker
          id="workflow-graph-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
        >
          <path className="workflow-graph-arrow" d="M1 1 7 4 1 7" />
        </marker>
      </defs>
      {boxes.map((box) => (
        <Box
          key={box.node.path}
          box={box}
          table={table}
          isSelected={box.node.path === selected}
          isFocused={box.node.path === focused}
          onSelect={onSelect}
        />
      ))}
      {edges.map(({ from, to, points }) => (
        <path
          key={`${from}\n${to}`}
          className="workflow-graph-edge"
          data-near={from === selected || to === selected || undefined}
          d={edgePath(points)}
          markerEnd="url(#workflow-graph-arrow)"
        />
      ))}
    </svg>
  )
}

interface BoxProps {
  readonly box: GraphBox
  readonly table: NodeTable | null
  readonly isSelected: boolean
  readonly isFocused: boolean
  readonly onSelect: ((path: string) => void) | undefined
}

function Box({ box: { node, x, y, width, height }, table, isSelected, isFocused, onSelect }: BoxProps) {
  const facts = factsOf(table, node.path)
  const { share, failures, row } = facts
  const isGroup = (node.nodes?.length ?? 0) > 0
  const shareText = share === null ? '' : formatShare(share)
  const room = width - 20
  const didNotRun = row !== undefined && row.executions === 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons in SVG
    <g
      className="workflow-graph-node"
      role="button"
      tabIndex={isFocused ? 0 : -1}
      aria-pressed={isSelected}
      aria-description={sayNode(node, facts)}
      data-path={node.path}
      data-group={isGroup || undefined}
      data-idle={didNotRun || undefined}
      data-failed={failures > 0 || undefined}
      data-hued=""
      style={{ '--hue': hueOf(node.path), '--share': `${Math.round(100 * Math.min(1, share ?? 0))}%` } as CSSProperties}
      transform={`translate(${x} ${y})`}
      onClick={onSelect && (() => onSelect(node.path))}
    >
      <rect className="workflow-graph-box" width={width} height={height} rx="4">
        <title>{sayNode(node, facts)}</title>
      </rect>
      <rect className="workflow-graph-stripe" width="4" height={height} rx="2" />
      <text className="workflow-graph-title" x="12" y="19">
        {clip(node.name, room - shareText.length * letter.title - 4, letter.title)}
      </text>
      {shareText !== '' && (
        <text className="workflow-graph-share" x={width - 9} y="19" textAnchor="end">
          {shareText}
        </text>
      )}
      <Details node={node} failures={failures} didNotRun={didNotRun} room={room} y={isGroup ? 0 : 37} width={width} />
    </g>
  )
}

interface DetailsProps {
  readonly node: NodeDescription
  readonly failures: number
  readonly didNotRun: boolean
  readonly room: number
  /** Baseline; 0: on the title's line, behind it. */
  readonly y: number
  readonly width: number
}

/** Kind, failures, and the resources as small tags. */
function Details({ node, failures, didNotRun, room, y, width }: DetailsProps) {
  const words = [
    node.kind,
    ...(didNotRun ? ['did not run'] : []),
    ...(failures > 0 ? [`${formatCount(failures)} failed`] : []),
  ]
  const text = words.join(' · ')
  const baseline = y === 0 ? 19 : y
  const begin = y === 0 ? 12 + (node.name.length + 1.5) * letter.title : 12
  let right = y === 0 ? width - 60 : width - 8
  const free = room - text.length * letter.detail - (y === 0 ? node.name.length * letter.title + 60 : 0)
  const tags: Array<{ name: string; x: number; width: number }> = []
  let used = 0
  for (const name of [...node.use].reverse()) {
    const size = name.length * letter.detail + 10
    if (used + size > free) break
    right -= size
    used += size + 4
    tags.push({ name, x: right, width: size })
    right -= 4
  }
  return (
    <>
      <text className="workflow-graph-detail" data-failed={failures > 0 || undefined} x={begin} y={baseline}>
        {clip(text, y === 0 ? Math.max(60, room - begin) : room, letter.detail)}
      </text>
      {tags.map((tag) => (
        <g key={tag.name}>
          <rect className="workflow-graph-tag" x={tag.x} y={baseline - 11.5} width={tag.width} height="15" rx="3" />
          <text className="workflow-graph-detail" x={tag.x + 5} y={baseline}>
            {tag.name}
          </text>
        </g>
      ))}
    </>
  )
}

/** As much of a text as fits, where a letter is about so wide. */
function clip(text: string, room: number, width: number): string {
  const most = Math.floor(room / width)
  return text.length <= most ? text : most < 3 ? '' : `${text.slice(0, most - 1)}…`
}
