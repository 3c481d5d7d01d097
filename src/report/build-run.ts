import {
  buildCallTree,
  buildNodeTable,
  buildSpanTree,
  type CallTree,
  findCriticalPath,
  functionsOf,
  layOutLeftHeavy,
  layOutSpans,
  type PathShare,
  type SpanTree,
} from '../analysis/index.ts'
import { formatCount, formatDuration } from '../base/index.ts'
import type { RunReason, RunRecord, Trace } from '../trace/index.ts'
import { buildCycles } from './build-cycles.ts'
import { buildFlame } from './build-flame.ts'
import { buildTimeline } from './build-timeline.ts'
import { summariseCollections, thinCounter } from './counters.ts'
import type { EnvironmentList } from './environment-list.ts'
import type { CriticalSummary, FunctionLine, PathLine, RunSection } from './model.ts'
import { toPlainObject, toPlainPatch } from './plain-data.ts'
import type { ReportRun } from './report-input.ts'

/** Functions and calls that are listed; a longer tail says nothing. */
const listed = 25

/** One run with all that its trace tells. */
export function buildRun({ record, trace, label }: ReportRun, environments: EnvironmentList): RunSection {
  const { id, workflow, variant, seed, capture, startedAt, reason, value, phases } = record
  return {
    ...{ id, label, workflow, variant, seed, capture, startedAt, reason, value, phases },
    experiment: record.trial?.experiment ?? null,
    patch: toPlainPatch(record.patch),
    params: toPlainObject(record.params),
    sentence: sentenceOf(record),
    error: record.error ? { code: record.error.code, message: record.error.message } : null,
    peakMemory: record.peakMemory ?? null,
    result: record.result ? { digest: record.result.digest, preview: record.result.preview } : null,
    environment: environments.add(record.environment, id),
    ...(trace ? tracedPart(record, trace) : withoutTrace(record)),
  }
}

type TracedPart = Pick<
  RunSection,
  | 'spans'
  | 'nodes'
  | 'unattributedCpu'
  | 'critical'
  | 'timeline'
  | 'flame'
  | 'functions'
  | 'cycles'
  | 'counters'
  | 'collections'
>

function withoutTrace(record: RunRecord): TracedPart {
  return {
    ...{ spans: 0, nodes: null, unattributedCpu: null, critical: null, timeline: null, flame: null, functions: null },
    cycles: buildCycles(record, undefined),
    counters: [],
    collections: null,
  }
}

function tracedPart(record: RunRecord, trace: Trace): TracedPart {
  const tree = buildSpanTree(trace)
  const calls = buildCallTree(trace)
  const hasSpans = tree.root >= 0
  const table = hasSpans ? buildNodeTable(trace, record.description, tree) : null
  return {
    spans: trace.spans.kind.length,
    nodes:
      table?.rows.map(({ slowest: _slowest, items, ...row }) => ({ ...row, items: items?.durations ?? null })) ?? null,
    unattributedCpu: table?.unattributedCpu ?? null,
    critical: criticalOf(trace, tree),
    timeline: buildTimeline(trace, tree),
    flame: flameOf(trace, tree, calls),
    functions: calls ? functionLines(calls) : null,
    cycles: buildCycles(record, trace),
    counters: trace.counters.flatMap((counter) => thinCounter(counter) ?? []),
    collections: summariseCollections(trace),
  }
}

function criticalOf(trace: Trace, tree: SpanTree): CriticalSummary | null {
  const path = findCriticalPath(trace, tree)
  if (!path) return null
  return { duration: path.duration, nodes: path.nodes.map(lineOf), calls: path.calls.slice(0, listed).map(lineOf) }
}

function lineOf({ name, detail, time, share }: PathShare): PathLine {
  return { name, detail, time, share }
}

/** CPU samples where there are any, else the spans. */
function flameOf(trace: Trace, tree: SpanTree, calls: CallTree | null): RunSection['flame'] {
  const byCpu = calls ? layOutLeftHeavy(calls) : null
  if (byCpu && byCpu.levels > 0) return buildFlame(byCpu)
  const bySpans = layOutSpans(trace, tree)
  return bySpans.levels > 0 ? buildFlame(bySpans) : null
}

function functionLines(tree: CallTree): FunctionLine[] {
  return functionsOf(tree)
    .slice(0, listed)
    .map(({ frame: { name, file, line }, self, inclusive }) => ({ name, file, line, self, inclusive }))
}

const endings: Readonly<Record<RunReason | 'running', string>> = {
  finished: 'finished',
  failed: 'failed',
  cancelled: 'was cancelled',
  timeout: 'ran into its time limit',
  'memory-limit': 'ran into its memory limit',
  exited: 'called process.exit',
  crashed: 'crashed its process',
  'never-settled': 'never came to a result: it waits for something that nobody settles',
  interrupted: 'was interrupted: the studio or the runner went away',
  running: 'is still running',
}

/** How a run ended, as the rest of a sentence that begins with the workflow's name. */
function sentenceOf({ reason, value, error, cycles }: RunRecord): string {
  const ending = reason === 'finished' && value !== null ? `finished in ${formatDuration(value)}` : endings[reason]
  const turns = cycles.filter(({ iterations }) => iterations > 0)
  const kept = turns.map(({ path, iterations }) => `${formatCount(iterations)} iterations of ${path}`).join(', ')
  const after = reason !== 'finished' && kept ? ` after ${kept}` : ''
  const why = error && reason !== 'finished' ? `: ${error.message}` : ''
  const sentence = `${ending}${after}${why}`
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
