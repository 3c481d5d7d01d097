import { checksum } from './checksum.ts'
import { layoutColumns, writeColumns } from './columns.ts'
import { stringifyDocument } from './document.ts'
import {
  frameHeaderLength,
  frameMagic,
  type LogFrameKind,
  type LogPayloads,
  logFrameKinds,
  type SpanEnds,
} from './log-format.ts'
import { type Counter, type Samples, type SpanColumns, traceVersion } from './model.ts'
import type { Column, ColumnRecord } from './schema.ts'

/** The bytes of one frame, to be appended to the log with a single write. */
export function frameOf<Kind extends LogFrameKind>(kind: Kind, payload: LogPayloads[Kind]): Uint8Array<ArrayBuffer> {
  const columns = columnsOf({ kind, payload } as FrameContent)
  if (columns) return columnsFrame(kind, columns)
  const document = kind === 'header' ? { version: traceVersion, ...payload } : payload
  return documentFrame(kind, stringifyDocument(document))
}

/**
 * The frame of the spans in rows `from` to `to` (exclusive) of `columns`, which may be larger and reused afterwards: one
 * copy. `first` is the row that the first of them has in the trace.
 */
export function spansFrame(columns: SpanColumns, from: number, to: number, first: number): Uint8Array<ArrayBuffer> {
  return columnsFrame('spans', { first: Float64Array.of(first), ...rowsBetween({ ...columns }, from, to) })
}

/** The frame of rows `from` to `to` (exclusive) of the ends of spans; the columns may be reused afterwards. */
export function spanEndsFrame(ends: SpanEnds, from: number, to: number): Uint8Array<ArrayBuffer> {
  return columnsFrame('span-ends', rowsBetween({ ...ends }, from, to))
}

type FrameContent = { [Kind in LogFrameKind]: { kind: Kind; payload: LogPayloads[Kind] } }[LogFrameKind]

function columnsOf({ kind, payload }: FrameContent): ColumnRecord | undefined {
  switch (kind) {
    case 'spans':
      return { first: Float64Array.of(payload.first), ...payload.spans }
    case 'span-ends':
    case 'iterations':
    case 'marks':
      return { ...payload }
    case 'counter':
      return counterColumns(payload)
    case 'samples':
      return samplesColumns(payload)
    default:
      return undefined
  }
}

function counterColumns({ name, unit, time, value }: Counter): ColumnRecord {
  const encoder = new TextEncoder()
  return { name: encoder.encode(name), unit: encoder.encode(unit), time, value }
}

function samplesColumns({ interval, frames, stacks, ...samples }: Samples): ColumnRecord {
  const prefixed = (prefix: string, table: object) =>
    Object.fromEntries(Object.entries(table).map(([name, column]) => [prefix + name, column as Column]))
  return {
    interval: Float64Array.of(interval),
    ...samples,
    ...prefixed('frames.', frames),
    ...prefixed('stacks.', stacks),
  }
}

function rowsBetween(columns: ColumnRecord, from: number, to: number): ColumnRecord {
  const part: Record<string, Column> = {}
  for (const name in columns) part[name] = columns[name]!.subarray(from, to)
  return part
}

function columnsFrame(kind: LogFrameKind, columns: ColumnRecord): Uint8Array<ArrayBuffer> {
  const layout = layoutColumns(columns)
  const frame = newFrame(layout.byteLength)
  writeColumns(columns, layout, frame, frameHeaderLength)
  return sealFrame(frame, kind, layout.byteLength)
}

function documentFrame(kind: LogFrameKind, text: string): Uint8Array<ArrayBuffer> {
  const payload = new TextEncoder().encode(text)
  const frame = newFrame(payload.length)
  frame.set(payload, frameHeaderLength)
  return sealFrame(frame, kind, payload.length)
}

function newFrame(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(frameHeaderLength + Math.ceil(length / 4) * 4)
}

function sealFrame(frame: Uint8Array<ArrayBuffer>, kind: LogFrameKind, length: number): Uint8Array<ArrayBuffer> {
  const head = new DataView(frame.buffer)
  head.setUint8(0, frameMagic)
  head.setUint8(1, logFrameKinds.indexOf(kind) + 1)
  head.setUint32(4, length, true)
  return resealFrame(frame)
}

/** Renews the checksum of a frame whose payload was changed in place, and gives it back. */
export function resealFrame(frame: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const head = new DataView(frame.buffer)
  const seed = frameSeed(head.getUint8(1), head.getUint32(4, true))
  head.setUint32(8, checksum(new Uint32Array(frame.buffer, frameHeaderLength), seed), true)
  return frame
}

/** What a frame's checksum begins with, so that it covers the kind and the length too. */
export function frameSeed(kindNumber: number, length: number): number {
  return (Math.imul(length, 31) + kindNumber) | 0
}
