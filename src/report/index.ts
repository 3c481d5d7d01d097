export * from './build-report.ts'
export { flagsOf } from './experiment-flags.ts'
export * from './model.ts'
export * from './renderings/index.ts'
