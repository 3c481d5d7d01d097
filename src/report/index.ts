export * from './build-report.ts'
export * from './model.ts'
export * from './renderings/index.ts'
