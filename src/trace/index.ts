export { decodeTrace, encodeTrace } from './codec.ts'
export { decodeColumns, encodeColumns } from './columns.ts'
export { parseDocument, stringifyDocument } from './document.ts'
export { IterationFrame, type IterationRow } from './iteration-frame.ts'
export { fillIterationGc } from './iteration-gc.ts'
export type {
  LogEnd,
  LogFrameKind,
  LogNodeResult,
  LogNote,
  LogPayloads,
  LogPlanned,
  SpanEnds,
} from './log-format.ts'
export { frameOf, spanEndsFrame, spansFrame } from './log-frames.ts'
export { type LogReading, readLog } from './log-reader.ts'
export * from './model.ts'
export * from './run-record.ts'
export {
  type Column,
  type ColumnRecord,
  type ElementType,
  elementTypes,
  iterationSchema,
  markSchema,
  newTable,
  spanSchema,
} from './schema.ts'
export { columnsOfTrace, emptyTrace, traceFromColumns } from './trace-columns.ts'
