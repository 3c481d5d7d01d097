import type { NodeDescription } from '../workflow/index.ts'
import { layersOf } from './graph-layers.ts'
import { orderLayers } from './graph-order.ts'

/** Sizes of a picture of a workflow, in any one unit. */
export interface GraphMeasures {
  readonly boxWidth: number
  readonly boxHeight: number
  /** Between the columns, for the edges, and between what stands in one column. */
  readonly columnGap: number
  readonly rowGap: number
  /** Around what is inside of a cycle, and above it for the cycle's own words. */
  readonly padding: number
  readonly headHeight: number
}

/** A node in the picture: a cycle's box is around those of its nodes. */
export interface GraphBox {
  readonly node: NodeDescription
  /** Cycles around it. */
  readonly depth: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface GraphPoint {
  readonly x: number
  readonly y: number
}

/** From the right side of a box to the left side of another, around what stands between them. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly points: readonly GraphPoint[]
}

export interface GraphLayout {
  readonly width: number
  readonly height: number
  /** Cycles before what is inside of them. */
  readonly boxes: readonly GraphBox[]
  readonly edges: readonly GraphEdge[]
}

/**
 * Places the nodes of a workflow from left to right by what they wait for, cycles as boxes around their nodes (Sugiyama, Tagawa &
 * Toda 1981: layers, order by barycentres, coordinates). Edges lead between siblings; what a node inside of a cycle takes from
 * outside is an edge to the cycle. The same input gives the same picture.
 */
export function layOutGraph(nodes: readonly NodeDescription[], measures: GraphMeasures): GraphLayout {
  return layOutLevel(nodes, measures, 0)
}

/** A node, or the place at which an edge passes through a layer. */
interface Item {
  readonly id: string
  readonly layer: number
  readonly width: number
  readonly height: number
  readonly inner: GraphLayout | null
  readonly node: NodeDescription | null
}

function layOutLevel(nodes: readonly NodeDescription[], measures: GraphMeasures, depth: number): GraphLayout {
  const siblings = new Map(nodes.map((node) => [node.name, node.path]))
  const linked = nodes.map((node) => ({
    path: node.path,
    from: [...new Set(node.from)].flatMap((name) => siblings.get(name) ?? []),
  }))
  const layers = layersOf(linked)
  const items = new Map(nodes.map((node) => [node.path, itemOf(node, layers.get(node.path) ?? 0, measures, depth)]))
  /** Ids along each edge: its nodes, and where it passes layers between them. */
  const routes: string[][] = []
  for (const { path, from } of linked) {
    for (const source of from) {
      // What waits for itself, directly or in a circle, has no way from left to right.
      if (items.get(source)!.layer < items.get(path)!.layer) routes.push(routeOf(source, path, items))
    }
  }
  const links = routes.flatMap((route) => route.slice(1).map((to, place) => [route[place]!, to] as const))
  const ordered = orderLayers([...items.values()], links)
  const centres = centresOf(ordered, links, items, measures)
  const boxes: GraphBox[] = []
  const edges: GraphEdge[] = []
  const placed = new Map<string, { readonly x: number; readonly y: number; readonly width: number }>()
  const top = Math.min(...[...items.values()].map(({ id, height }) => centres.get(id)! - height / 2), 0)
  let x = 0
  for (const layer of ordered) {
    const width = Math.max(...layer.map((id) => items.get(id)!.width), 0)
    for (const id of layer) {
      const item = items.get(id)!
      const left = x + (item.node ? (width - item.width) / 2 : 0)
      const y = centres.get(id)! - top
      // An edge passes a layer as wide as the layer is.
      placed.set(id, { x: left, y, width: item.node ? item.width : width })
      if (!item.node) continue
      const box = { x: left, y: y - item.height / 2, width: item.width, height: item.height }
      boxes.push({ node: item.node, depth, ...box })
      addInner(item.inner, box, measures, boxes, edges)
    }
    x += width + measures.columnGap
  }
  for (const route of routes) edges.push(edgeAlong(route, placed))
  const height = Math.max(0, ...boxes.map((box) => box.y + box.height), ...[...placed.values()].map(({ y }) => y))
  return { width: Math.max(0, x - measures.columnGap), height, boxes, edges }
}

function itemOf(node: NodeDescription, layer: number, measures: GraphMeasures, depth: number): Item {
  const { boxWidth, boxHeight, padding, headHeight } = measures
  const inner = node.nodes && node.nodes.length > 0 ? layOutLevel(node.nodes, measures, depth + 1) : null
  return {
    ...{ id: node.path, layer, inner, node },
    width: Math.max(boxWidth, inner ? inner.width + 2 * padding : 0),
    height: inner ? inner.height + headHeight + padding : boxHeight,
  }
}

/** Adds a place in every layer that an edge passes, and gives the way. */
function routeOf(from: string, to: string, items: Map<string, Item>): string[] {
  const route = [from]
  for (let layer = items.get(from)!.layer + 1; layer < items.get(to)!.layer; layer++) {
    const id = `${from}\0${to}\0${layer}`
    items.set(id, { id, layer, width: 0, height: 0, inner: null, node: null })
    route.push(id)
  }
  return [...route, to]
}

function addInner(
  inner: GraphLayout | null,
  box: GraphPoint,
  { padding, headHeight }: GraphMeasures,
  boxes: GraphBox[],
  edges: GraphEdge[],
): void {
  if (!inner) return
  const [x, y] = [box.x + padding, box.y + headHeight]
  for (const own of inner.boxes) boxes.push({ ...own, x: own.x + x, y: own.y + y })
  for (const own of inner.edges) {
    edges.push({ ...own, points: own.points.map((point) => ({ x: point.x + x, y: point.y + y })) })
  }
}

function edgeAlong(
  route: readonly string[],
  placed: ReadonlyMap<string, { readonly x: number; readonly y: number; readonly width: number }>,
): GraphEdge {
  const points = route.flatMap((id, place) => {
    const { x, y, width } = placed.get(id)!
    if (place === 0) return [{ x: x + width, y }]
    return place === route.length - 1
      ? [{ x, y }]
      : [
          { x, y },
          { x: x + width, y },
        ]
  })
  return { from: route[0]!, to: route.at(-1)!, points }
}

/** Rounds of aligning each layer with its neighbours. */
const rounds = 8

/** Vertical centre of everything: as near to what it is linked to as its neighbours in the layer allow. */
function centresOf(
  layers: readonly (readonly string[])[],
  links: ReadonlyArray<readonly [string, string]>,
  items: ReadonlyMap<string, Item>,
  { rowGap }: GraphMeasures,
): Map<string, number> {
  const centres = new Map<string, number>()
  const apart = (above: string, below: string) => (items.get(above)!.height + items.get(below)!.height) / 2 + rowGap
  for (const layer of layers) {
    let y = 0
    for (const [place, id] of layer.entries()) {
      if (place > 0) y += apart(layer[place - 1]!, id)
      centres.set(id, y)
    }
    const middle = y / 2
    for (const id of layer) centres.set(id, centres.get(id)! - middle)
  }
  const around = new Map<string, { before: string[]; after: string[] }>()
  for (const id of items.keys()) around.set(id, { before: [], after: [] })
  for (const [from, to] of links) {
    around.get(from)!.after.push(to)
    around.get(to)!.before.push(from)
  }
  for (let round = 0; round < rounds; round++) {
    const forward = round % 2 === 0
    for (const layer of forward ? layers : [...layers].reverse()) {
      const wanted = layer.map((id) => {
        const { before, after } = around.get(id)!
        const near = forward ? before : after
        const others = near.length > 0 ? near : forward ? after : before
        if (others.length === 0) return centres.get(id)!
        return others.reduce((sum, other) => sum + centres.get(other)!, 0) / others.length
      })
      const gaps = layer.slice(1).map((id, place) => apart(layer[place]!, id))
      for (const [place, y] of keepApart(wanted, gaps).entries()) centres.set(layer[place]!, y)
    }
  }
  return centres
}

/**
 * The places nearest to those wanted (least squares) that keep their order and stay `gaps` apart: pooling adjacent violators.
 * `gaps[i]` is between place i and i + 1.
 */
export function keepApart(wanted: readonly number[], gaps: readonly number[]): number[] {
  const before = [0]
  for (const gap of gaps) before.push(before.at(-1)! + gap)
  const pools: Array<{ sum: number; count: number }> = []
  for (const [place, y] of wanted.entries()) {
    let pool = { sum: y - before[place]!, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
      pools.pop()
    }
    pools.push(pool)
  }
  return pools
    .flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
    .map((y, place) => y + before[place]!)
}
