import { defineConfig } from '@playwright/test'
import { electronBinary, findChromium } from './shells/binaries.ts'

/**
 * The same specs in both shells. A project whose program is not on this machine is left out, which `scripts/e2e.mjs` says
 * in a line; `REQUIRE_ELECTRON=1` and `REQUIRE_CHROMIUM=1` make that a failure.
 */
export default defineConfig({
  testDir: './specs',
  outputDir: '../../tmp/e2e/results',
  globalSetup: './finished-workspace.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // They measure, and would measure each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? '../../tmp/e2e/report.json' }]],
  use: { viewport: { width: 1440, height: 900 }, trace: 'retain-on-failure', actionTimeout: 15_000 },
  projects: [...(findChromium() ? [{ name: 'web' }] : []), ...(electronBinary() ? [{ name: 'electron' }] : [])],
})
