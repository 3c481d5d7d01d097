// Everything that can be known without running the product for long, in one command: `npm run check`.
import './require-packages.mjs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './build.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command a program of `node_modules/.bin` and its arguments
 * @property {string} mend what to type, or to do, when it fails
 */

const architecture = 'test/architecture.test.ts'

/** @param {string} name @param {string} config @returns {Step} */
const types = (name, config) => ({
  name: `types of ${name}`,
  command: ['tsc', '-p', config, '--noEmit', '--pretty', 'false'],
  mend: `Mend the types; "npx tsc -p ${config} --noEmit" checks these alone.`,
})

/** Cheap and independent of each other: side by side, as many as the machine has cores, two at least. @type {Step[]} */
const statics = [
  {
    name: 'format and lint',
    command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=200', '--reporter=concise'],
    mend: 'Type "npm run fix" for what can be mended by itself; "npx biome check" shows the rest.',
  },
  types('the pure rooms', 'tsconfig.pure.json'),
  types('Node rooms, tests and scripts', 'tsconfig.node.json'),
  types('the renderer', 'tsconfig.dom.json'),
  types('tests of the renderer', 'tsconfig.dom-tests.json'),
  types('the preload', 'tsconfig.preload.json'),
  types("what users' workflows import", 'tsconfig.types.json'),
  {
    name: 'rooms',
    command: ['vitest', 'run', '--project', 'fast', '--reporter', 'dot', architecture],
    mend: `Mend what it names, by the law in CONTRIBUTING.md; "npx vitest run --project fast ${architecture}" checks it alone.`,
  },
  {
    name: 'unused code',
    command: ['knip', '--no-progress', '--treat-config-hints-as-errors'],
    mend: 'Delete what nobody uses, or its "export"; "npx knip" checks it alone.',
  },
]

/** Alone on the machine, as their workers take all of it. @type {Step} */
const tests = {
  name: 'fast tests',
  command: ['vitest', 'run', '--project', 'fast', '--reporter', 'dot'],
  mend: 'Mend the code or the test; "npx vitest run --project fast test/<room>" runs those of one room.',
}

/**
 * Runs a step and says how it ended; its own output appears only when it failed.
 * @param {Step} step
 * @returns {Promise<boolean>}
 */
function runStep({ name, command: [program = '', ...args], mend }) {
  const start = performance.now()
  const path = `${join(projectRoot, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`
  return new Promise((resolve) => {
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
    }
    const end = (/** @type {boolean} */ passed) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
      if (!passed) console.log(`${output.trim()}\n→ ${mend}\n`)
      resolve(passed)
    }
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { ...process.env, PATH: path, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => {
      output += `${program} could not be started: ${error.message}`
      end(false)
    })
    child.on('close', (code) => {
      if (code !== null && code >= 0) end(code === 0)
      else if (code === null) end(false)
    })
  })
}

/** @param {readonly Step[]} steps @param {number} atOnce @returns {Promise<boolean[]>} in the order in which they ended */
async function runSideBySide(steps, atOnce) {
  const waiting = [...steps]
  /** @type {boolean[]} */
  const results = []
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await runStep(step))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}

const unknown = process.argv.slice(2).filter((argument) => argument !== '--without-tests')
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(' ')}. The only option is --without-tests, which leaves the fast tests out.`)
  process.exit(1)
}
const results = await runSideBySide(statics, 2)
if (!process.argv.includes('--without-tests')) results.push(await runStep(tests))
const failed = results.filter((passed) => !passed).length
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${results.length} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1
