export * from './cpuprofile.ts'
