import type { ErrorRecord } from '../base/index.ts'
import type { LogEnd, LogHeader, LogNodeResult, LogNote, LogPlanned, LogStrings } from './log-format.ts'
import type { CycleSummary, RunMetrics, RunPhases, RunReason, RunRecord, RunResult } from './run-record.ts'

/*
 * Says whether what was read has the shape that its frame promises. The checksum finds accidents; this finds logs that
 * something else wrote, so that no field that the reader hands out is of another type than it says.
 */

type Unchecked<T> = { readonly [Key in keyof T]?: unknown }

const reasons: ReadonlySet<unknown> = new Set<RunReason>([
  'finished',
  'failed',
  'cancelled',
  'timeout',
  'memory-limit',
  'exited',
  'crashed',
  'never-settled',
  'interrupted',
])

export function isLogHeader(value: unknown): value is LogHeader & { readonly version: number } {
  if (!isObject<LogHeader>(value)) return false
  return isRunRecord(value.run) && typeof value.version === 'number' && isNumberOrAbsent(value.origin)
}

/** Whether a value is a run's record, as far as its own fields go. */
function isRunRecord(value: unknown): value is RunRecord {
  if (!isObject<RunRecord>(value)) return false
  const texts = [value.id, value.workflow, value.file, value.variant]
  const objects = [value.patch, value.params, value.capture]
  return (
    texts.every((text) => typeof text === 'string') &&
    objects.every((object) => isObject(object)) &&
    [value.seed, value.startedAt].every((number) => Number.isFinite(number)) &&
    (value.reason === 'running' || reasons.has(value.reason)) &&
    isNumberOrNull(value.value) &&
    isPhases(value.phases) &&
    isCycles(value.cycles)
  )
}

export function isLogPlanned(value: unknown): value is LogPlanned {
  if (!isObject<LogPlanned>(value) || !isObject(value.params)) return false
  const { description } = value
  if (!isObject<LogPlanned['description']>(description)) return false
  return typeof description.name === 'string' && [description.nodes, description.resources].every(Array.isArray)
}

export function isLogStrings(value: unknown): value is LogStrings {
  if (!isObject<LogStrings>(value) || !Number.isInteger(value.first) || !Array.isArray(value.strings)) return false
  return value.strings.every((text) => typeof text === 'string')
}

export function isLogNodeResult(value: unknown): value is LogNodeResult {
  if (!isObject<LogNodeResult>(value)) return false
  return (
    typeof value.path === 'string' &&
    typeof value.ok === 'boolean' &&
    Number.isFinite(value.end) &&
    (value.error === undefined || isErrorRecord(value.error))
  )
}

export function isLogEnd(value: unknown): value is LogEnd {
  if (!isLogNote(value)) return false
  return [value.reason, value.value, value.phases, value.cycles].every((field) => field !== undefined)
}

export function isLogNote(value: unknown): value is LogNote {
  if (!isObject<LogEnd>(value)) return false
  const { reason, value: duration, phases, cycles, error, result, peakMemory, metrics, repeats } = value
  return (
    (reason === undefined || reasons.has(reason)) &&
    (duration === undefined || isNumberOrNull(duration)) &&
    (phases === undefined || isPhases(phases)) &&
    (cycles === undefined || isCycles(cycles)) &&
    (error === undefined || isErrorRecord(error)) &&
    (result === undefined || isResult(result)) &&
    isNumberOrAbsent(peakMemory) &&
    (metrics === undefined || isMetrics(metrics)) &&
    (repeats === undefined || repeats instanceof Float64Array)
  )
}

function isMetrics(value: unknown): value is RunMetrics {
  return isObject<RunMetrics>(value) && [value.cpu, value.gc, value.peakHeap].every(isNumberOrAbsent)
}

function isPhases(value: unknown): value is RunPhases {
  if (!isObject<RunPhases>(value)) return false
  return [value.threadStart, value.moduleLoad, value.resourcesOpen, value.resourcesClose].every(isNumberOrNull)
}

function isCycles(value: unknown): value is readonly CycleSummary[] {
  return Array.isArray(value) && value.every(isCycle)
}

function isCycle(value: unknown): value is CycleSummary {
  if (!isObject<CycleSummary>(value) || !isNumberOrAbsent(value.metric)) return false
  return typeof value.path === 'string' && typeof value.reason === 'string' && typeof value.iterations === 'number'
}

function isErrorRecord(value: unknown): value is ErrorRecord {
  return isObject<ErrorRecord>(value) && typeof value.code === 'string' && typeof value.message === 'string'
}

function isResult(value: unknown): value is RunResult {
  if (!isObject<RunResult>(value)) return false
  const texts = [value.digest, value.shape, value.preview]
  return (
    texts.every((text) => typeof text === 'string') &&
    (value.numbers === undefined || value.numbers instanceof Float64Array)
  )
}

function isObject<T>(value: unknown): value is Unchecked<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || typeof value === 'number'
}

function isNumberOrAbsent(value: unknown): value is number | undefined {
  return value === undefined || typeof value === 'number'
}
