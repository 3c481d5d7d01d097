import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const project = join(import.meta.dirname, '..', '..')

/** Runs the A/A test, interrupted where it says a word. */
async function runAa(options: readonly string[], interruptAt?: string) {
  const child = spawn(process.execPath, [join(project, 'scripts', 'aa.ts'), ...options], { cwd: project })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    const before = err
    err += chunk.toString()
    if (interruptAt && err.includes(interruptAt) && !before.includes(interruptAt)) child.kill('SIGINT')
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { code, out, err }
}

// What it finds on a machine that is busy with other tests says nothing: that it measures and judges is what is tested.
it('measures identical variants and planted differences, and judges them', async () => {
  const { code, out, err } = await runAa(['--experiments', '4', '--blocks', '10'])
  expect(err).toContain(' 7 of 7  spin')
  for (const workflow of ['orders', 'k-means', 'spin', 'wait']) {
    expect(out).toMatch(new RegExp(`^x\\w+ +${workflow} +identical, as written .* 10 .*% \\[`, 'm'))
  }
  expect(out).toMatch(/Of 4 experiments on identical variants, \d/)
  expect(out).toMatch(/Of 3 planted differences, \d/)
  expect([0, 1]).toContain(code)
  expect(out).toContain(code === 0 ? 'The A/A test passes.' : 'The A/A test FAILS.')
})

it('shows what was measured when it is interrupted', async () => {
  const { code, out } = await runAa(['--experiments', '4', '--blocks', '10'], ' 2 of 7')
  expect(code).toBe(130)
  expect(out).toMatch(/^x\w+ +orders .* 10 .*% \[/m)
  expect(out).toContain('Of 1 experiments on identical variants')
})
