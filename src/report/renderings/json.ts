import type { ReportModel } from '../model.ts'
import type { Rendering } from './rendering.ts'

/** Raise it when a key changes its meaning or goes away; new keys do not raise it. */
const jsonReportVersion = 1

/** What a reader without the source needs to know; part of every file. */
const conventions = {
  duration: 'nanoseconds',
  moment: 'milliseconds since 1970-01-01T00:00:00Z (madeAt, startedAt, endedAt, createdAt)',
  size: 'bytes',
  share: '0 to 1',
  ratio: 'candidate ÷ baseline of wall times; below 1 is faster',
  interval: '[low, high] of the ratio at the stated level; null is unbounded',
  noData: 'null',
}

/**
 * The model as JSON: `{ format: 'strobe-report', version, conventions, report }`, where `report` is the {@link ReportModel}. Keys
 * come in the model's order, typed arrays are lists, and what JSON has no number for (NaN, ±Infinity) is `null`.
 */
export function renderJson(model: ReportModel): string {
  const document = { format: 'strobe-report', version: jsonReportVersion, conventions, report: model }
  return `${JSON.stringify(document, plainValue, 2)}\n`
}

function plainValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array)
  return value
}

export const jsonRendering: Rendering = {
  name: 'json',
  extension: 'json',
  mediaType: 'application/json',
  render: renderJson,
}
