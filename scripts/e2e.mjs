// The end-to-end specs, in each shell whose program is on this machine: `npm run e2e [-- playwright's options]`. What is not
// there is skipped with a line that says so, and is a failure where REQUIRE_ELECTRON=1 or REQUIRE_CHROMIUM=1 asks for it.
import './require-packages.mjs'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { electronBinary, findChromium } from '../test/e2e/shells/binaries.ts'
import { ensureBuilt, projectRoot } from './build.mjs'

const shells = [
  {
    name: 'electron',
    found: electronBinary() !== undefined,
    required: process.env.REQUIRE_ELECTRON === '1',
    missing: 'Skipped: the end-to-end specs in Electron, as its binary is not here (npx install-electron fetches it).',
  },
  {
    name: 'web',
    found: findChromium() !== undefined,
    required: process.env.REQUIRE_CHROMIUM === '1',
    missing:
      'Skipped: the end-to-end specs in the browser, as there is no Chromium (apt-get install chromium, npx playwright install chromium, or name one by STROBE_CHROMIUM).',
  },
]

let code = 0
for (const { found, required, missing } of shells) {
  if (found) continue
  console.log(missing)
  if (required) code = 1
}
if (code === 0 && shells.some(({ found }) => found)) {
  await ensureBuilt()
  const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js')
  const args = [playwright, 'test', '-c', 'test/e2e/playwright.config.ts', ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' })
  code = await new Promise((resolve) => child.on('exit', (exit) => resolve(exit ?? 1)))
} else if (code === 0 && process.env.E2E_REPORT) {
  // Whoever sums reports sees that there was something to skip, and nothing that broke off.
  const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: shells.length }
  mkdirSync(dirname(process.env.E2E_REPORT), { recursive: true })
  writeFileSync(process.env.E2E_REPORT, JSON.stringify({ suites: [], errors: [], stats }))
}
process.exitCode = code
