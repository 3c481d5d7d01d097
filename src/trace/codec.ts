import type { Diagnostic } from '../base/index.ts'
import { decodeColumns, layoutColumns, writeColumns } from './columns.ts'
import type { Trace } from './model.ts'
import { columnsOfTrace, traceFromColumns } from './trace-columns.ts'
import { refuseVersion } from './upgraders.ts'

/** The bytes `STROBETR`, by which a trace is known, then u32 version, u32 zero, then columns. */
const magic = [0x53, 0x54, 0x52, 0x4f, 0x42, 0x45, 0x54, 0x52]
const headerLength = 16

/** A trace as bytes: its columns uncompressed, ready to be viewed where they lie. */
export function encodeTrace(trace: Trace): Uint8Array<ArrayBuffer> {
  const columns = columnsOfTrace(trace)
  const layout = layoutColumns(columns)
  const bytes = new Uint8Array(headerLength + layout.byteLength)
  bytes.set(magic)
  new DataView(bytes.buffer).setUint32(8, trace.version, true)
  writeColumns(columns, layout, bytes, headerLength)
  return bytes
}

/**
 * The trace that {@link encodeTrace} of this or any older version made; for all other bytes no trace and diagnostics.
 * Its columns are views onto `bytes` where their alignment allows: keep `bytes` as they are.
 */
export function decodeTrace(bytes: Uint8Array): {
  readonly trace?: Trace
  readonly diagnostics: readonly Diagnostic[]
} {
  if (bytes.length < headerLength || magic.some((byte, at) => bytes[at] !== byte)) {
    return {
      diagnostics: [{ severity: 'error', code: 'trace.not-a-trace', message: 'These bytes are no trace of Strobe’s.' }],
    }
  }
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  const refusal = refuseVersion(version)
  if (refusal) return { diagnostics: [refusal] }
  const columns = decodeColumns(bytes.subarray(headerLength))
  if (columns) return traceFromColumns(columns, version)
  return {
    diagnostics: [{ severity: 'error', code: 'trace.damaged', message: 'The trace cannot be read: it is torn.' }],
  }
}
