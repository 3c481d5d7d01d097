import type { Diagnostic, Place } from '../base/index.ts'
import { neededNodes } from './addresses.ts'
import type { CycleModel, NodeModel, WorkflowModel } from './model.ts'
import { reservedNames } from './names.ts'
import { orderByNeed } from './order.ts'
import { problemAt } from './problem.ts'
import { suggestName } from './suggest.ts'

/** What a node may name: the nodes declared beside it, and what surrounds them. */
interface Scope {
  readonly nodes: readonly NodeModel[]
  /** Names of nodes further out that the enclosing cycle takes. */
  readonly outside: readonly string[]
  readonly resources: readonly string[]
  /** The cycle whose nodes these are. */
  readonly cycle?: CycleModel
}

/** What is wrong with the names of a workflow: those declared and those referred to, and circles among them. */
export function checkNames(model: WorkflowModel): Diagnostic[] {
  const resources = model.resources.map((resource) => resource.name)
  const declared = [...model.resources.map((resource) => ({ ...resource, kind: 'resource' })), ...model.nodes]
  return [
    ...checkDeclared(declared, []),
    ...model.resources.flatMap((resource) =>
      resource.use
        .filter((name) => !resources.includes(name))
        .map((name) => unknownResource(name, `resource '${resource.name}'`, resource.place, resources, model.nodes)),
    ),
    ...circleOf(model.resources, (resource) => resource.use, ''),
    ...checkScope({ nodes: model.nodes, outside: [], resources }),
  ]
}

function checkScope(scope: Scope): Diagnostic[] {
  const { nodes, cycle } = scope
  const prefix = cycle ? `${cycle.path}/` : ''
  return [
    ...(cycle ? checkDeclared(nodes, [...cycle.from, ...cycle.use]) : []),
    ...nodes.flatMap((node) => checkReferences(node, scope)),
    ...circleOf(nodes, neededNodes, prefix),
    ...nodes
      .filter((node) => node.kind === 'cycle')
      .flatMap((inner) => checkScope({ nodes: inner.nodes, outside: inner.from, resources: inner.use, cycle: inner })),
  ]
}

function checkDeclared(
  declared: readonly { readonly name: string; readonly kind: string; readonly place?: Place }[],
  taken: readonly string[],
): Diagnostic[] {
  const seen = new Set(taken)
  return declared.flatMap(({ name, kind, place }) => {
    const known = seen.has(name)
    seen.add(name)
    if (known) {
      const message = `The name '${name}' is declared twice; the second time as a ${kind}.`
      return [problemAt(place, 'workflow.duplicate-name', message, 'Give one of them another name.')]
    }
    if ((reservedNames as readonly string[]).includes(name)) {
      const message = `The ${kind} '${name}' has a reserved name.`
      return [
        problemAt(place, 'workflow.reserved-name', message, `Choose a name other than ${reservedNames.join(', ')}.`),
      ]
    }
    if (name === '' || /[/\s.]/.test(name)) {
      const message = `The ${kind} '${name}' has a name that cannot be addressed.`
      return [problemAt(place, 'workflow.invalid-name', message, 'Choose a name without slash, dot and space.')]
    }
    return []
  })
}

function checkReferences(node: NodeModel, scope: Scope): Diagnostic[] {
  const title = `${node.kind} '${node.path}'`
  const siblings = scope.nodes.map((other) => other.name)
  const known = [...siblings, ...scope.outside]
  const others = known.filter((name) => name !== node.name)
  const list = node.kind === 'map' ? [node.over] : []
  const wanted = [...new Set([...list, ...node.from])]
  return [
    ...wanted
      .filter((name) => !known.includes(name))
      .map((name) => {
        const message = `The ${title} takes the output of '${name}', which is no node here.`
        return problemAt(node.place, 'workflow.unknown-node', message, mendNode(name, others, scope))
      }),
    ...node.use
      .filter((name) => !scope.resources.includes(name))
      .map((name) => unknownResource(name, title, node.place, scope.resources, scope.nodes, scope.cycle)),
    ...Object.entries(node.on ?? {}).flatMap(([name, route]) => checkRoute(node, name, route, scope)),
  ]
}

function checkRoute(node: NodeModel, name: string, route: string, scope: Scope): Diagnostic[] {
  const title = `${node.kind} '${node.path}'`
  const switches = scope.nodes.filter((other) => other.kind === 'switch')
  const picked = switches.find((other) => other.name === name)
  if (!picked) {
    const mend = suggestName(
      name,
      switches.map((other) => other.name),
      'switches',
    )
    return [problemAt(node.place, 'workflow.unknown-node', `The ${title} is on a route of '${name}', no switch.`, mend)]
  }
  if (picked.routes.includes(route)) return []
  const message = `The ${title} is on the route '${route}' of '${name}', which there is not.`
  return [problemAt(node.place, 'workflow.unknown-route', message, suggestName(route, picked.routes, 'routes'))]
}

function mendNode(name: string, known: readonly string[], scope: Scope): string {
  if (scope.resources.includes(name)) return `'${name}' is a resource: list it in use.`
  const suggestion = suggestName(name, known, 'nodes')
  return scope.cycle ? `${suggestion} Nodes outside of a cycle must be in the from of the cycle itself.` : suggestion
}

function unknownResource(
  name: string,
  title: string,
  place: Place | undefined,
  resources: readonly string[],
  nodes: readonly NodeModel[],
  cycle?: CycleModel,
): Diagnostic {
  const message = `The ${title} uses '${name}', which is no resource here.`
  const isNode = nodes.some((node) => node.name === name)
  const suggestion = isNode ? `'${name}' is a node: list it in from.` : suggestName(name, resources, 'resources')
  const mend = cycle && !isNode ? `${suggestion} Resources must be in the use of the cycle itself.` : suggestion
  return problemAt(place, 'workflow.unknown-resource', message, mend)
}

function circleOf<Item extends { readonly name: string; readonly place?: Place }>(
  items: readonly Item[],
  needsOf: (item: Item) => Iterable<string>,
  prefix: string,
): Diagnostic[] {
  const { circle } = orderByNeed(items, needsOf)
  if (!circle) return []
  const place = items.find((item) => item.name === circle[0])?.place
  const path = circle.map((name) => `'${prefix}${name}'`).join(' needs ')
  const mend = 'Take one of them out of the other; a loop over time is a cycle.'
  return [problemAt(place, 'workflow.circular', `There is a circle: ${path}.`, mend)]
}
