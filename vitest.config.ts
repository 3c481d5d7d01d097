import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: [
      { find: /^strobe$/, replacement: new URL('src/workflow/index.ts', import.meta.url).pathname },
      { find: /^strobe\/toolkit$/, replacement: new URL('src/toolkit/index.ts', import.meta.url).pathname },
    ],
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts', 'test/hostile/**', 'test/loop/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['test/hostile/**/*.test.ts', 'test/loop/**/*.test.ts'],
          globalSetup: 'test/build.setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: ['test/**/*.slow.test.ts'],
          testTimeout: 600_000,
          globalSetup: 'test/build.setup.ts',
        },
      },
    ],
  },
})
