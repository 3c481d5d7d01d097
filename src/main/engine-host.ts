import { hostEngine } from './host-engine.ts'

// The engine's process under Electron: an entry of its own, forked by the main process.
hostEngine(process.parentPort)
