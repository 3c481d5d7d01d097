import { childrenOf, coverageOf, kindIndex, knobsAt, outermostCalls, textOf } from '../../analysis/index.ts'
import { formatDuration, formatShare } from '../../base/index.ts'
import { type IntegerKnob, type NodeDescription, walkNodes } from '../../workflow/index.ts'
import type { AdviceContext } from '../context.ts'
import { dependsOn, mayOverlap } from '../effects.ts'
import { assumptionsOf, candidateValues, chooseChange, predictionOf } from '../prediction.ts'
import { evidenceFrom, intervalsOf, type RuleFinding, sumOf } from '../rule-finding.ts'
import { thresholds } from '../thresholds.ts'

const serialCalls = 'serial-calls'

/**
 * Work that mostly waits and runs one after the other though nothing forbids that it overlaps: items of a map, nodes
 * that need nothing of each other, calls of one task.
 */
export function findSerialCalls(context: AdviceContext): RuleFinding[] {
  const findings: RuleFinding[] = []
  for (const node of walkNodes(context.description.nodes)) {
    if (node.kind === 'map') findings.push(...findSerialItems(context, node))
    if (node.kind === 'task') findings.push(...findSerialLoop(context, node))
  }
  return [...findings, ...findSerialNodes(context)]
}

function findSerialItems(context: AdviceContext, node: NodeDescription): RuleFinding[] {
  const { run, tree } = context
  const executions = executionsOf(context, node.path)
  const items = executions.flatMap((span) => {
    return [...childrenOf(tree, span)].filter((child) => run.trace.spans.kind[child] === kindIndex.item)
  })
  if (!mayOverlap(node) || items.length < thresholds.leastItems.value) return []
  const total = sumOf(context, items)
  const overlap = total / coverageOf(intervalsOf(context, items))
  const calls = items.flatMap((item) => outermostCalls(run.trace, tree, item))
  const waited = waitedIn(context, items)
  const share = waited / total
  if (!(overlap <= thresholds.mostOverlap.value) || !(share >= thresholds.leastWaitShare.value)) return []

  const knob = integerKnobAt(context, node.path, 'concurrency')
  const current = context.schedule.concurrency.get(node.path) ?? 1
  const values = candidateValues(knob ?? { type: 'integer', default: 1, min: 1, max: 64 }, current)
  const candidate = chooseChange(
    context,
    values.map((concurrency) => ({ [node.path]: { concurrency } })),
  )
  if (!candidate) return []
  const to = candidate.change[node.path]!.concurrency
  const evidence = evidenceFrom(
    context,
    [...executions, ...calls, ...items],
    [
      { label: 'items', value: items.length, unit: 'count' },
      { label: 'items open at once, on average', value: overlap, unit: 'ratio' },
      { label: 'time of the items', value: total, unit: 'ns' },
      { label: 'of which waiting', value: share, unit: 'share' },
    ],
  )
  return [
    {
      rule: serialCalls,
      place: node.path,
      title: `Items of "${node.path}" wait one after the other`,
      evidence,
      explanation: `Each of the ${items.length} items waited for ${formatShare(share)} of its time, and the next began only when it had ended. "${node.path}" says that its effect is ${node.effects}, so that items may overlap.`,
      action: knob
        ? `Raise the concurrency of "${node.path}" from ${current} to ${to}, so that items wait together.`
        : `Declare a knob "concurrency" on "${node.path}" (knobs: { concurrency: knob.integer(1, { min: 1, max: 64 }) }) and raise it to about ${to}, so that items wait together.`,
      ...(knob ? { change: candidate.change } : {}),
      prediction: predictionOf(context, candidate, assumptionsOf(context)),
      weight: waited / context.schedule.duration,
    },
  ]
}

/** Nodes of one level that need nothing of each other and would gain by a higher `maxConcurrency`: some of them waited for their turn. */
function findSerialNodes(context: AdviceContext): RuleFinding[] {
  const { description, schedule, run } = context
  const knob = integerKnobAt(context, 'run', 'maxConcurrency')
  const levels = [
    description.nodes,
    ...[...walkNodes(description.nodes)].flatMap((node) => (node.nodes ? [node.nodes] : [])),
  ]
  const pairs = levels.flatMap(independentPairs)
  // The limit is one for the whole run: raising it lets every independent pair overlap, so each must allow it.
  if (!knob || !pairs.every(([a, b]) => mayOverlap(a) && mayOverlap(b))) return []
  const serial = new Set<number>()
  for (const [a, b] of pairs) {
    const [first, second] = [executionsOf(context, a.path), executionsOf(context, b.path)]
    if (first.length === 0 || second.length === 0) continue
    if (waitShare(context, first) < thresholds.leastWaitShare.value) continue
    if (waitShare(context, second) < thresholds.leastWaitShare.value) continue
    for (const span of [...first, ...second]) serial.add(span)
  }
  if (serial.size === 0) return []
  const candidate = chooseChange(
    context,
    candidateValues(knob, schedule.maxConcurrency).map((maxConcurrency) => ({ run: { maxConcurrency } })),
  )
  if (!candidate) return []
  const spans = [...serial].sort((a, b) => a - b)
  const names = [...new Set(spans.map((span) => `"${textOf(run.trace, run.trace.spans.name[span]!)}"`))]
  const calls = spans.flatMap((span) => outermostCalls(run.trace, context.tree, span))
  const waited = waitedIn(context, spans)
  return [
    {
      rule: serialCalls,
      place: 'run',
      title: `${names.join(', ')} wait for each other's turn`,
      evidence: evidenceFrom(
        context,
        [...spans, ...calls],
        [
          { label: 'nodes that could overlap', value: names.length, unit: 'count' },
          { label: 'their time', value: sumOf(context, spans), unit: 'ns' },
          { label: 'of which waiting', value: waited / sumOf(context, spans), unit: 'share' },
          { label: 'nodes at once, at most', value: schedule.maxConcurrency, unit: 'count' },
        ],
      ),
      explanation: `${names.join(', ')} need nothing of each other and mostly wait, but the run lets only ${schedule.maxConcurrency} of its nodes run at once. All of them say that they change nothing.`,
      action: `Raise maxConcurrency of the run from ${schedule.maxConcurrency} to ${candidate.change.run!.maxConcurrency}.`,
      change: candidate.change,
      prediction: predictionOf(context, candidate, assumptionsOf(context)),
      weight: waited / schedule.duration,
    },
  ]
}

/** The same call over and over in one task, each after the other: no knob can help, but a map could. */
function findSerialLoop(context: AdviceContext, node: NodeDescription): RuleFinding[] {
  const { run, tree, schedule } = context
  if (!mayOverlap(node)) return []
  const { spans } = run.trace
  const executions = executionsOf(context, node.path)
  const calls = executions.flatMap((span) => outermostCalls(run.trace, tree, span))
  const threads = new Set(schedule.resources.flatMap(({ kind, name }) => (kind === 'thread' ? [`${name}.`] : [])))
  const findings: RuleFinding[] = []
  for (const [key, repeated] of Map.groupBy(calls, (call) => `${spans.name[call]}/${spans.detail[call]}`)) {
    const name = textOf(run.trace, spans.name[repeated[0]!]!)
    // Statements of one database thread do not overlap; that they are repeated is another rule's.
    if ([...threads].some((thread) => name.startsWith(thread))) continue
    const total = sumOf(context, repeated)
    const taken = sumOf(context, executions)
    if (repeated.length < thresholds.leastItems.value || total < thresholds.leastWaitShare.value * taken) continue
    if (total / coverageOf(intervalsOf(context, repeated)) > thresholds.mostOverlap.value) continue
    if (total < thresholds.leastGain.value * schedule.duration) continue
    const detail = textOf(run.trace, spans.detail[repeated[0]!]!)
    findings.push({
      rule: serialCalls,
      place: node.path,
      part: `${name} ${detail || key}`,
      title: `"${node.path}" makes ${repeated.length} calls of ${name} one after the other`,
      evidence: evidenceFrom(
        context,
        [...executions, ...repeated],
        [
          { label: `calls of ${name}`, value: repeated.length, unit: 'count' },
          { label: 'time of these calls', value: total, unit: 'ns' },
          { label: 'share of the task', value: total / taken, unit: 'share' },
        ],
      ),
      explanation: `${name}${detail ? ` (${detail})` : ''} took ${formatDuration(total / repeated.length)} a call on average, and each began when the one before had ended.`,
      action: `Where these calls do not need each other's answers, make them a map over the list that "${node.path}" loops over, with a knob "concurrency".`,
      prediction: {
        kind: 'unknown',
        why: 'A trace does not show whether a call needs the answer of the one before it.',
      },
      weight: total / schedule.duration,
    })
  }
  return findings
}

function independentPairs(level: readonly NodeDescription[]): Array<[NodeDescription, NodeDescription]> {
  return level.flatMap((a, place) =>
    level
      .slice(place + 1)
      .filter((b) => !dependsOn(a, b, level) && !dependsOn(b, a, level))
      .map((b): [NodeDescription, NodeDescription] => [a, b]),
  )
}

function executionsOf({ run }: AdviceContext, path: string): number[] {
  const { kind, name } = run.trace.spans
  const id = run.trace.strings.indexOf(path)
  return [...kind.keys()].filter((span) => kind[span] === kindIndex.node && name[span] === id)
}

/**
 * Time of the spans in which they waited: for calls that were recorded, or, where the thread was idle for longer than
 * that, for whatever else. Meant for spans that do not overlap.
 */
function waitedIn(context: AdviceContext, spans: readonly number[]): number {
  let waited = 0
  for (const span of spans) {
    waited += coverageOf(intervalsOf(context, outermostCalls(context.run.trace, context.tree, span)))
  }
  const intervals = intervalsOf(context, spans)
  return context.busy ? Math.max(waited, coverageOf(intervals) - context.busy(intervals)) : waited
}

function waitShare(context: AdviceContext, spans: readonly number[]): number {
  return waitedIn(context, spans) / sumOf(context, spans)
}

function integerKnobAt(context: AdviceContext, address: string, name: string): IntegerKnob | undefined {
  const knob = knobsAt(context.description, address)?.[name]
  return knob?.type === 'integer' ? knob : undefined
}
