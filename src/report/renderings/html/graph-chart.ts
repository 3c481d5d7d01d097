import { formatShare } from '../../../base/index.ts'
import type { GraphNode, RunSection, WorkflowGraph } from '../../model.ts'
import { px } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const boxHeight = 52
const rowGap = 14

interface Box {
  readonly node: GraphNode
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
  const nodes = graph.nodes.filter(({ within }) => within === '')
  const columns = columnsOf(nodes)
  const count = Math.max(...columns.values(), 0) + 1
  const width = Math.min(240, (figureWidth - 40 * (count - 1)) / count)
  const step = count > 1 ? Math.min(width + 140, (figureWidth - width) / (count - 1)) : 0
  const filled = new Array<number>(count).fill(0)
  const tallest = Math.max(
    ...Array.from({ length: count }, (_, column) => nodes.filter(({ path }) => columns.get(path) === column).length),
  )
  const height = tallest * (boxHeight + rowGap)
  const boxes = new Map<string, Box>()
  for (const node of nodes) {
    const column = columns.get(node.path) ?? 0
    const inColumn = nodes.filter(({ path }) => columns.get(path) === column).length
    const top = (height - inColumn * (boxHeight + rowGap) + rowGap) / 2
    boxes.set(node.path, { node, x: column * step, y: top + filled[column]!++ * (boxHeight + rowGap), width })
  }
  const edges = [...boxes.values()].flatMap((box) =>
    box.node.from.flatMap((source) => {
      const from = boxes.get(source)
      return from ? [edge(from, box)] : []
    }),
  )
  return { body: html`${edges}${[...boxes.values()].map((box) => boxMarks(box, graph, run, palette))}`, height }
}

function edge(from: Box, to: Box): Markup {
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
  const share = run?.critical?.nodes
    .filter(({ name }) => name === node.path || name.startsWith(`${node.path}/`))
    .reduce((sum, part) => sum + part.share, 0)
  const details = [
    node.kind,
    ...(node.use.length > 0 ? [`uses ${node.use.join(', ')}`] : []),
    ...(inside.length > 0 ? [`of ${inside.join(', ')}`] : []),
  ].join(' · ')
  return html`<g ${hueStyle(palette.hueOf(node.path))}><title>${node.path}: ${details}, effects: ${node.effects}</title><rect class="node-box" x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="${px(width - 1)}" height="${boxHeight - 1}" rx="3"/><rect class="cat-edge" x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="5" height="${boxHeight - 1}"/><text class="title" x="${px(x + 14)}" y="${px(y + 20)}">${clipText(node.name, width - (share === undefined ? 20 : 64), 6.8)}</text>${
    share === undefined
      ? null
      : html`<text class="strong" x="${px(x + width - 9)}" y="${px(y + 20)}" text-anchor="end">${formatShare(share)}</text>`
  }<text x="${px(x + 14)}" y="${px(y + 38)}">${clipText(details, width - 20, 5.6)}</text></g>`
}

/** Column of each node: one after the last of those that it takes the outputs of. */
function columnsOf(nodes: readonly GraphNode[]): Map<string, number> {
  const columns = new Map<string, number>()
  // As often as there are nodes settles any order; what waits for itself stays where it is.
  for (let round = 0; round < nodes.length; round++) {
    for (const node of nodes) {
      const before = node.from.map((source) => (source === node.path ? -1 : (columns.get(source) ?? -1)))
      columns.set(node.path, Math.min(nodes.length - 1, Math.max(-1, ...before) + 1))
    }
  }
  return columns
}
