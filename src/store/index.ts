export type { Found, OutlineRow } from './documents.ts'
export { readLogFile } from './log-file.ts'
export { openStore, type Store } from './open-store.ts'
