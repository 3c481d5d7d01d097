export * from './advise.ts'
export * from './recommendation.ts'
export { thresholds } from './thresholds.ts'
