import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'strobe-scripts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('on a Node that is too old', () => {
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })"

  // Not `check`: without its guard it would run this test again, which would start it again, and so on.
  it.each(['require-node', 'require-packages', 'strobe', 'start', 'build'])(
    'scripts/%s.mjs says a sentence and ends',
    (name) => {
      const { status, stdout, stderr } = run(['--import', `data:text/javascript,${old}`, `scripts/${name}.mjs`])
      expect(status).toBe(1)
      expect(stdout).toBe('')
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toContain('Strobe needs Node 24 and this is Node 20.19.0.')
    },
  )

  const guards = {
    'require-packages': 'require-node',
    strobe: 'require-packages',
    start: 'require-packages',
    build: 'require-packages',
    check: 'require-packages',
  }
  it('scripts begin with that check, before anything that such a Node may not know', () => {
    for (const [name, guard] of Object.entries(guards)) {
      const first = /^import .*$/m.exec(readFileSync(`scripts/${name}.mjs`, 'utf8'))
      expect(first?.[0], name).toBe(`import './${guard}.mjs'`)
    }
  })
})

describe('where the packages are not installed', () => {
  it.each(['strobe', 'start', 'build'])('scripts/%s.mjs says a sentence and ends', (name) => {
    cpSync('scripts', join(folder, 'scripts'), { recursive: true })
    const { status, stdout, stderr } = run([join(folder, `scripts/${name}.mjs`)])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^The packages of Strobe are not installed: run "npm ci" .*\n$/)
  })
})

/** Sums reports, one list of test states by file each; a file whose list is empty could not be loaded. */
function sum(...reports: (readonly (readonly string[])[] | undefined)[]) {
  const paths = reports.map((report, index) => {
    const path = join(folder, `${index}.json`)
    const testResults = report?.map((states) => ({
      status: states.length === 0 || states.includes('failed') ? 'failed' : 'passed',
      assertionResults: states.map((status) => ({ status })),
    }))
    writeFileSync(path, testResults === undefined ? '' : JSON.stringify({ testResults }))
    return path
  })
  const { status, stdout } = run(['scripts/sum-tests.mjs', ...paths])
  return { status, lastLine: stdout.trim().split('\n').at(-1) }
}

describe('the closing line of the CI', () => {
  it('sums the reports', () => {
    const report = [
      ['passed', 'passed'],
      ['passed', 'pending', 'todo', 'skipped'],
    ]
    expect(sum(report, [['passed']])).toEqual({ status: 0, lastLine: '4 passed, 0 failed, 3 skipped' })
  })

  it.each([
    [{ expected: 3, unexpected: 0, flaky: 1, skipped: 2 }, [], 0, '4 passed, 0 failed, 2 skipped'],
    [{ expected: 3, unexpected: 1, flaky: 0, skipped: 0 }, [], 1, '3 passed, 1 failed, 0 skipped'],
    [{ expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, ['no build'], 1, '0 passed, 1 failed, 0 skipped'],
  ])('counts the end-to-end specs: %j, %j', (stats, errors, status, lastLine) => {
    const path = join(folder, 'specs.json')
    writeFileSync(path, JSON.stringify({ suites: [], stats, errors }))
    const { status: code, stdout } = run(['scripts/sum-tests.mjs', path])
    expect({ status: code, lastLine: stdout.trim().split('\n').at(-1) }).toEqual({ status, lastLine })
  })

  it.each<[string, Parameters<typeof sum>, string]>([
    ['a test failed', [[['passed', 'failed']]], '1 passed, 1 failed, 0 skipped'],
    ['a file could not be loaded', [[['passed'], []]], '1 passed, 1 failed, 0 skipped'],
    ['a run broke off', [[['passed']], undefined], '1 passed, 1 failed, 0 skipped'],
    ['nothing ran', [[]], '0 passed, 0 failed, 0 skipped'],
    ['all was skipped', [[['skipped']]], '0 passed, 0 failed, 1 skipped'],
    ['there is no report', [], '0 passed, 0 failed, 0 skipped'],
  ])('fails where %s', (_what, reports, lastLine) => {
    expect(sum(...reports)).toEqual({ status: 1, lastLine })
  })
})
