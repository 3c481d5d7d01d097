import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Tests that start the built program, so that `out/` is built before them. */
const processTests = ['test/hostile/**/*.test.ts', 'test/loop/**/*.test.ts', 'test/**/*.process.test.ts']
const slowTests = ['test/**/*.slow.test.ts']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^strobe$/, replacement: path('src/workflow/index.ts') },
      { find: /^strobe\/toolkit$/, replacement: path('src/toolkit/index.ts') },
    ],
  },
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...processTests, ...slowTests],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: processTests,
          exclude: slowTests,
          // One file at a time, and after the fast ones: many of these measure, and would measure each other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          globalSetup: 'test/build.setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: slowTests,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 600_000,
          globalSetup: 'test/build.setup.ts',
        },
      },
    ],
  },
})
