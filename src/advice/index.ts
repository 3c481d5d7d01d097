export * from './advise.ts'
export * from './recommendation.ts'
