export * from './client.ts'
export * from './commands.ts'
export * from './contract.ts'
export type { EventKind, Method } from './method.ts'
