// Sums JSON reports of vitest and Playwright into one closing line: `node scripts/sum-tests.mjs report.json …`. Fails where a test failed,
// where a report is missing (its run did not get that far), and where nothing ran at all. Runs on any Node.
import { readFileSync } from 'node:fs'

/** @typedef {{ assertionResults: { status: string }[], status: string }} FileReport of vitest */
/** @typedef {{ expected: number, unexpected: number, flaky: number, skipped: number }} SpecNumbers of Playwright */
/** @typedef {{ testResults?: FileReport[], stats?: SpecNumbers, errors?: unknown[] }} Report */

const sum = { passed: 0, failed: 0, skipped: 0 }
for (const path of process.argv.slice(2)) {
  const report = readReport(path)
  if (report?.testResults) addFiles(report.testResults)
  else if (report?.stats) addSpecs(report.stats, report.errors ?? [])
  else {
    console.log(`No report at ${path}: its run broke off.`)
    sum.failed++
  }
}
if (sum.passed + sum.failed === 0) console.log('No test ran.')
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0

/** @param {FileReport[]} files */
function addFiles(files) {
  for (const { assertionResults, status } of files) {
    const states = assertionResults.map((test) => test.status)
    const failed = states.filter((state) => state === 'failed').length
    const passed = states.filter((state) => state === 'passed').length
    sum.passed += passed
    sum.skipped += states.length - passed - failed
    // A file that could not be loaded, or whose set-up failed, has no failed test and has failed all the same.
    sum.failed += failed === 0 && status === 'failed' ? 1 : failed
  }
}

/**
 * @param {SpecNumbers} numbers
 * @param {unknown[]} errors what went wrong outside of every spec
 */
function addSpecs({ expected, unexpected, flaky, skipped }, errors) {
  sum.passed += expected + flaky
  sum.skipped += skipped
  sum.failed += unexpected === 0 && errors.length > 0 ? 1 : unexpected
}

/**
 * @param {string} path
 * @returns {Report | undefined}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
