export * from './log-format.ts'
export * from './model.ts'
export * from './run-record.ts'
