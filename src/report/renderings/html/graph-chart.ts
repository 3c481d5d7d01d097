import { criticalShareOf, layersOf } from '../../../analysis/index.ts'
import { formatShare } from '../../../base/index.ts'
import type { GraphNode, RunSection, WorkflowGraph } from '../../model.ts'
import { px } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const boxHeight = 52
const rowGap = 14
const bandGap = 30
/** Columns side by side that leave room for names; further ones go on below. */
const mostColumns = 6

interface Box {
  readonly node: GraphNode
  readonly band: number
  readonly x: number
  readonly y: number
  readonly width: number
}

/** The nodes of the top level from left to right by what they wait for, and what is inside of cycles as a line in their box. */
export function graphChart(
  graph: WorkflowGraph,
  run: RunSection | undefined,
  palette: Palette,
): { readonly body: Markup; readonly height: number } {
  const { boxes, height } = placeBoxes(graph.nodes.filter(({ within }) => within === ''))
  const byPath = new Map(boxes.map((box) => [box.node.path, box]))
  const edges = boxes.flatMap((box) =>
    box.node.from.flatMap((source) => {
      const from = byPath.get(source)
      return from ? [edge(from, box)] : []
    }),
  )
  return { body: html`${edges}${boxes.map((box) => boxMarks(box, graph, run, palette))}`, height }
}

function placeBoxes(nodes: readonly GraphNode[]): { readonly boxes: Box[]; readonly height: number } {
  const columns = layersOf(nodes)
  const count = Math.max(0, ...columns.values()) + 1
  const across = Math.min(count, mostColumns)
  const width = Math.min(240, (figureWidth - 34 * (across - 1)) / across)
  const step = across > 1 ? Math.min(width + 140, (figureWidth - width) / (across - 1)) : 0
  const boxes: Box[] = []
  let top = 0
  for (let first = 0; first < count; first += across) {
    const stacks = Array.from({ length: Math.min(across, count - first) }, (_, place) =>
      nodes.filter(({ path }) => columns.get(path) === first + place),
    )
    const tallest = Math.max(...stacks.map(({ length }) => length))
    const height = tallest * (boxHeight + rowGap) - rowGap
    for (const [place, stack] of stacks.entries()) {
      const margin = (height - (stack.length * (boxHeight + rowGap) - rowGap)) / 2
      for (const [row, node] of stack.entries()) {
        const y = top + margin + row * (boxHeight + rowGap)
        boxes.push({ node, band: first, x: place * step, y, width })
      }
    }
    top += height + bandGap
  }
  return { boxes, height: Math.max(1, top - bandGap) }
}

/** From the right side to the left side; to a band below, from the bottom to the top. */
function edge(from: Box, to: Box): Markup {
  if (from.band !== to.band) {
    const [x1, y1] = [from.x + from.width / 2, from.y + boxHeight]
    const [x2, y2] = [to.x + to.width / 2, to.y - 2]
    const middle = y2 - bandGap / 2
    return html`<path class="edge" d="M${px(x1)} ${px(y1)}C${px(x1)} ${px(middle)} ${px(x2)} ${px(y1 + bandGap / 2)} ${px(x2)} ${px(y2)}m-4 -5l4 5l4 -5"/>`
  }
  const [x1, y1] = [from.x + from.width, from.y + boxHeight / 2]
  const [x2, y2] = [to.x - 2, to.y + boxHeight / 2]
  const middle = (x1 + x2) / 2
  return html`<path class="edge" d="M${px(x1)} ${px(y1)}C${px(middle)} ${px(y1)} ${px(middle)} ${px(y2)} ${px(x2)} ${px(y2)}m-5 -4l5 4l-5 4"/>`
}

function boxMarks(
  { node, x, y, width }: Box,
  graph: WorkflowGraph,
  run: RunSection | undefined,
  palette: Palette,
): Markup {
  const inside = graph.nodes.filter(({ within }) => within === node.path).map(({ name }) => name)
  const share = criticalShareOf(run?.nodes ?? [], node.path)
  const details = [
    node.kind,
    ...(node.use.length > 0 ? [`uses ${node.use.join(', ')}`] : []),
    ...(inside.length > 0 ? [`of ${inside.join(', ')}`] : []),
  ].join(' · ')
  // Where there is little room, the name has a line of its own.
  const isWide = width > 170
  const room = (line: 'name' | 'details') => width - ((line === 'name') === isWide && share !== null ? 64 : 22)
  return html`<g ${hueStyle(palette.hueOf(node.path))}><title>${node.path}: ${details}, effects: ${node.effects}</title><rect class="node-box" x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="${px(width - 1)}" height="${boxHeight - 1}" rx="3"/><rect class="cat-edge" x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="5" height="${boxHeight - 1}"/><text class="title" x="${px(x + 14)}" y="${px(y + 20)}">${clipText(node.name, room('name'), 6.8)}</text>${
    share === null
      ? null
      : html`<text class="strong" x="${px(x + width - 9)}" y="${px(y + (isWide ? 20 : 38))}" text-anchor="end">${formatShare(share)}</text>`
  }<text x="${px(x + 14)}" y="${px(y + 38)}">${clipText(details, room('details'), 5.6)}</text></g>`
}
