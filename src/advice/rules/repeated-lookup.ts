import { childrenOf, kindIndex, knobsAt, outermostCalls, textOf } from '../../analysis/index.ts'
import { formatDuration, formatNumber } from '../../base/index.ts'
import { type IntegerKnob, type NodeDescription, type Patch, walkNodes } from '../../workflow/index.ts'
import { type AdviceContext, tellsSizes } from '../context.ts'
import { mayOverlap } from '../effects.ts'
import { assumptionsOf, candidateValues, chooseChange, predictionOf } from '../prediction.ts'
import type { Prediction } from '../recommendation.ts'
import { evidenceFrom, type RuleFinding, sumOf } from '../rule-finding.ts'
import { thresholds } from '../thresholds.ts'
import type { Candidate } from '../try-change.ts'

const repeatedLookup = 'repeated-lookup'

/** The same query once per item (N + 1 queries), or many times in one task, each as a statement of its own. */
export function findRepeatedLookups(context: AdviceContext): RuleFinding[] {
  const findings: RuleFinding[] = []
  for (const node of walkNodes(context.description.nodes)) {
    if (!mayOverlap(node)) continue
    const groups = groupCalls(context, node).filter((group) => isRepeated(context, group))
    for (const [resource, repeated] of Map.groupBy(groups, (group) => group.resource)) {
      const finding = findingFor(context, node, resource, repeated)
      if (finding) findings.push(finding)
    }
  }
  return findings
}

/** Calls of one statement within one node. */
interface CallGroup {
  readonly resource: string
  readonly name: string
  readonly detail: string
  readonly calls: readonly number[]
  /** Items of a map; executions of a task. */
  readonly places: number
  readonly inMap: boolean
}

function groupCalls({ run, tree }: AdviceContext, node: NodeDescription): CallGroup[] {
  if (node.kind !== 'map' && node.kind !== 'task') return []
  const { spans, strings } = run.trace
  const path = strings.indexOf(node.path)
  const executions = [...spans.kind.keys()].filter(
    (span) => spans.kind[span] === kindIndex.node && spans.name[span] === path,
  )
  const isItem = (span: number) => spans.kind[span] === kindIndex.item
  const places =
    node.kind === 'map' ? executions.flatMap((span) => [...childrenOf(tree, span)].filter(isItem)) : executions
  const calls = places.flatMap((span) => outermostCalls(run.trace, tree, span))
  const answered = calls.filter((call) => spans.status[call] === 0)
  return [...Map.groupBy(answered, (call) => `${spans.name[call]}/${spans.detail[call]}`).values()].map((group) => {
    const name = textOf(run.trace, spans.name[group[0]!]!)
    const dot = name.indexOf('.')
    const about = { name, calls: group, places: places.length, inMap: node.kind === 'map' }
    return {
      ...about,
      resource: dot < 0 ? name : name.slice(0, dot),
      detail: textOf(run.trace, spans.detail[group[0]!]!),
    }
  })
}

function isRepeated(context: AdviceContext, { calls, places, inMap, detail, resource }: CallGroup): boolean {
  if (!/^\s*(select|with)\b/i.test(detail) || calls.length < thresholds.leastItems.value) return false
  if (inMap && calls.length < thresholds.leastCallsPerItem.value * places) return false
  if (!inMap && calls.length < thresholds.leastItems.value * places) return false
  const executions = executionsOf(context, resource, detail)
  return executions === 0 || calls.length / executions <= thresholds.mostCallsPerStatement.value
}

/** How often the resource executed the statement; 0 where it does not say. */
function executionsOf({ run: { trace } }: AdviceContext, resource: string, detail: string): number {
  const { kind, name, detail: details } = trace.spans
  const [nameId, detailId] = [trace.strings.indexOf(resource), trace.strings.indexOf(detail)]
  let count = 0
  for (let span = 0; span < kind.length; span++) {
    if (kind[span] === kindIndex.work && name[span] === nameId && details[span] === detailId) count++
  }
  return count
}

function findingFor(
  context: AdviceContext,
  node: NodeDescription,
  resource: string,
  groups: readonly CallGroup[],
): RuleFinding | undefined {
  const { run, schedule } = context
  const calls = groups.flatMap((group) => group.calls).sort((a, b) => a - b)
  const time = sumOf(context, calls)
  if (time < thresholds.leastGain.value * schedule.duration) return undefined
  const { spans, strings } = run.trace
  const path = strings.indexOf(node.path)
  const nodeSpans = [...spans.kind.keys()].filter(
    (span) => spans.kind[span] === kindIndex.node && spans.name[span] === path,
  )
  const { inMap, places } = groups[0]!
  const statements = groups.length === 1 ? 'the same query' : `${groups.length} queries`
  const each = inMap ? `for each of its ${places} items` : 'in a loop'
  const about = {
    rule: repeatedLookup,
    place: node.path,
    part: resource,
    title: `"${node.path}" asks ${resource} ${statements} ${each}`,
    evidence: evidenceFrom(
      context,
      [...nodeSpans, ...calls],
      [
        { label: inMap ? 'items' : 'executions of the task', value: places, unit: 'count' },
        { label: 'calls', value: calls.length, unit: 'count' },
        { label: 'time of these calls', value: time, unit: 'ns' },
        { label: 'time of the calls ÷ wall time', value: time / schedule.duration, unit: 'ratio' },
        ...costNumbers(context, groups),
      ],
    ),
    explanation: `${calls.length} calls of ${listOf(groups)}, ${formatDuration(time / calls.length)} each on average, were a statement of their own every time: what a statement and its way there and back cost is paid ${inMap ? 'per item' : 'every time'}.`,
    weight: time / schedule.duration,
  }
  const patched = patchFor(context, node, resource, groups)
  if (patched) return { ...about, ...patched }
  const lookup = groups.every(({ name }) => name.endsWith('.lookup'))
  const batch = batchKnob(context, resource)
  return {
    ...about,
    action: inWords(node, resource, inMap, lookup, batch !== undefined),
    prediction: {
      kind: 'unknown',
      why: 'The change is one of code, and what the new query costs is in no trace.',
    },
  }
}

function inWords(node: NodeDescription, resource: string, inMap: boolean, lookup: boolean, hasBatch: boolean): string {
  if (inMap && lookup && hasBatch) {
    return `Declare a knob "concurrency" on "${node.path}": lookups share a statement only where items run at once. Then raise it together with ${resource}.lookupBatch.`
  }
  if (inMap && lookup) {
    return `Declare a knob "lookupBatch" on "${resource}" and hand it over when the resource is opened; then raise it together with the concurrency of "${node.path}".`
  }
  const instead = inMap ? 'in each item' : 'in the loop'
  return `Ask for all rows in one query (… WHERE key IN (…)) before, or use ${resource}.lookup ${instead} where the resource has it, so that lookups made at once share a statement.`
}

/** Batch size and concurrency together: at a concurrency of 1 there is never a second lookup to share a statement with. */
function patchFor(
  context: AdviceContext,
  node: NodeDescription,
  resource: string,
  groups: readonly CallGroup[],
): Pick<RuleFinding, 'action' | 'change' | 'prediction'> | undefined {
  const concurrency = knobsAt(context.description, node.path)?.concurrency
  const batch = batchKnob(context, resource)
  const canJoin = groups.every(({ name, inMap }) => inMap && name.endsWith('.lookup'))
  if (!canJoin || !batch || concurrency?.type !== 'integer') return undefined
  const current = context.schedule.concurrency.get(node.path) ?? 1
  const changes = [...(current > 1 ? [current] : []), ...candidateValues(concurrency, current)].map((value): Patch => {
    const lookupBatch = Math.min(batch.max, Math.max(batch.min, value))
    return value === current
      ? { [resource]: { lookupBatch } }
      : { [resource]: { lookupBatch }, [node.path]: { concurrency: value } }
  })
  const candidate = chooseChange(context, changes)
  if (!candidate) return undefined
  const { change } = candidate
  const size = String(change[resource]!.lookupBatch)
  const items = change[node.path]?.concurrency
  const andItems = items === undefined ? '' : ` and the concurrency of "${node.path}" to ${String(items)}`
  return {
    action: `Raise ${resource}.lookupBatch to ${size}${andItems}, so that lookups of items that run at once share statements.`,
    change,
    prediction: predictLookups(context, candidate, resource, groups),
  }
}

function predictLookups(
  context: AdviceContext,
  candidate: Candidate,
  resource: string,
  groups: readonly CallGroup[],
): Prediction {
  const costs = groups.map(({ detail }) => context.costs.get(resource)?.get(detail))
  const unfitted = groups.filter((_, place) => !tellsSizes(costs[place]))
  if (unfitted.length > 0) {
    const larger = costs.reduce((most, cost) => Math.max(most, cost?.larger ?? 0), 0)
    const seen = larger === 0 ? 'none with more than one key was seen' : `too few with more than one key were seen`
    return {
      kind: 'unknown',
      why: `What a shared statement costs cannot be told: ${seen} of ${listOf(unfitted)}. Runs with another lookupBatch and a higher concurrency would tell.`,
    }
  }
  const known = costs.filter(tellsSizes)
  const [fixed, perRow] = [range(known.map((cost) => cost.fixed)), range(known.map((cost) => cost.perRow))]
  const largest = Math.min(...known.map((cost) => cost.mostRows))
  const fitted = `Statements cost ${fixed} and ${perRow} per key, fitted on statements of up to ${largest} keys; the worst case adds two standard errors, and lets larger ones be no cheaper per key.`
  return predictionOf(context, candidate, `${fitted} ${assumptionsOf(context)}`.trim())
}

function costNumbers(context: AdviceContext, groups: readonly CallGroup[]) {
  const costs = groups.map(({ resource, detail }) => context.costs.get(resource)?.get(detail)).filter(tellsSizes)
  if (costs.length === 0 || costs.length < groups.length) return []
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return [
    { label: 'fixed cost of a statement, fitted', value: mean(costs.map(({ fixed }) => fixed)), unit: 'ns' as const },
    { label: 'cost per key, fitted', value: mean(costs.map(({ perRow }) => perRow)), unit: 'ns' as const },
  ]
}

function batchKnob(context: AdviceContext, resource: string): IntegerKnob | undefined {
  const knob = context.description.resources.find(({ name }) => name === resource)?.knobs.lookupBatch
  return knob?.type === 'integer' && knob.max > 1 ? knob : undefined
}

function listOf(groups: readonly CallGroup[]): string {
  const [first] = groups
  const others = groups.length > 1 ? ` and ${formatNumber(groups.length - 1).replace(/\.0+$/, '')} more` : ''
  return `“${first!.detail}”${others}`
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? formatDuration(least) : `${formatDuration(least)} to ${formatDuration(most)}`
}
