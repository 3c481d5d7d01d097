import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentProgress } from '../../src/base/index.ts'
import {
  buildNodeTable,
  checkFile,
  type Engine,
  openEngine,
  type RunRecord,
  runOnce,
  traceOf,
} from '../../src/engine/index.ts'
import { frameOrigins, type Trace } from '../../src/trace/index.ts'
import { endOf, newWorkspace, writeFiles } from './workspace.ts'

const progress = silentProgress()
// The system's folder for temporary files may be a link, and positions name the real file.
const workspace = realpathSync(newWorkspace('typescript'))
let engine: Engine

beforeAll(() => {
  const packageFile = (parts: object) => JSON.stringify({ version: '1.0.0', ...parts })
  writeFiles(workspace, {
    // What npm writes today beside a workflow that is full of ESM.
    'package.json': packageFile({ name: 'user', type: 'commonjs' }),
    'node_modules/a-common-package/package.json': packageFile({ name: 'a-common-package', main: 'index.js' }),
    'node_modules/a-common-package/index.js': `exports.kind = 'common'`,
    'node_modules/a-modern-package/package.json': packageFile({
      ...{ name: 'a-modern-package', type: 'module' },
      exports: { '.': './index.js', './deep': './files/deep.js' },
    }),
    'node_modules/a-modern-package/index.js': `export const kind = 'modern'`,
    'node_modules/a-modern-package/files/deep.js': `export const kind = 'deep'`,
    // Another version of Strobe, as a workspace may have it: what it exports would fail every workflow.
    'node_modules/strobe/package.json': packageFile({
      ...{ name: 'strobe', type: 'module', exports: { '.': './index.js', './toolkit': './toolkit.js' } },
    }),
    'node_modules/strobe/index.js': `export function workflow() { throw new Error('the other strobe') }`,
    'node_modules/strobe/toolkit.js': `export const sqlite = 'the other toolkit'`,
  })
  engine = openEngine({ workspace })
})
afterAll(() => engine.close())

describe('a workspace whose package is CommonJS', () => {
  it('has its TypeScript run as it is: enums, namespaces, parameter properties, .tsx, imports without endings', async () => {
    const record = await runOnce(engine, { file: 'syntax.workflow.ts' }, progress)
    expect(record.reason, endOf(record)).toBe('finished')
    for (const part of [
      'enumeration: [4, "Green", "up"]',
      'namespace: 6',
      'parameterProperty: 7',
      'extensionless: 42',
      'directory: "from a directory"',
      'tsx: "main#m(text)"',
      'account: "nobody"',
    ]) {
      expect(record.result!.preview).toContain(part)
    }
  })

  it('finds its own packages, and in place of its strobe the running one', async () => {
    const record = await runOnce(engine, { file: 'packages.workflow.ts' }, progress)
    expect(record.reason, endOf(record)).toBe('finished')
    expect(record.result!.preview).toContain('["common", "common", "modern", "deep", "common"], toolkit: "function"')
  })

  it('is told in a sentence, and at its line, that decorators do not work', async () => {
    const { diagnostics } = await checkFile(engine, 'decorators.workflow.ts', progress)
    expect(diagnostics).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'workflow.decorators',
        message: expect.stringMatching(/decorators\.workflow\.ts:6:3 is a decorator/),
        place: { file: join(workspace, 'decorators.workflow.ts'), line: 6, column: 3 },
      }),
    ])
  })
})

describe('an error points into the user’s own file', () => {
  it('while it runs: the line and column of the TypeScript that threw', async () => {
    const { error, reason } = await runOnce(engine, { file: 'stacks.workflow.ts' }, progress)
    expect(reason).toBe('failed')
    expect(error).toMatchObject({
      message: expect.stringContaining('no price: twelve'),
      data: { node: 'prices', item: 1 },
    })
    const stack = error!.cause!.stack!
    const at = (file: string, line: number, column: number) => `${join(workspace, file)}:${line}:${column}`
    expect(stack.split('\n')[1]).toContain(at('stacks-price.ts', 16, 35))
    expect(stack).toContain(at('stacks-price.ts', 20, 45))
    expect(stack).toContain(at('stacks.workflow.ts', 20, 26))
  })

  it('while it is loaded: the place of the diagnostic', async () => {
    const { diagnostics } = await checkFile(engine, 'throws-while-loaded.workflow.ts', progress)
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'workflow.load-failed',
        place: { file: join(workspace, 'throws-while-loaded.workflow.ts'), line: 8, column: 15 },
      }),
    ])
  })
})

it('the digest of a workflow’s source covers its own files in every language, and no packages', async () => {
  const sources: string[] = []
  const variants = [
    {},
    { 'digest-helper.cjs': 'exports.size = 2' },
    { 'digest-data.json': '{ "size": 2 }' },
    { 'node_modules/a-modern-package/index.js': `export const kind = 'other'` },
  ]
  writeFiles(workspace, {
    'digest.workflow.ts': `import { workflow } from 'strobe'
import { kind } from 'a-modern-package'
import data from './digest-data.json' with { type: 'json' }
import { size } from './digest-helper.cjs'
export default workflow('digest').task('all', {}, () => [kind, data.size, size])`,
    'digest-helper.cjs': 'exports.size = 1',
    'digest-data.json': '{ "size": 1 }',
  })
  for (const files of variants) {
    writeFiles(workspace, files)
    const { environment } = await runOnce(engine, { file: 'digest.workflow.ts' }, progress)
    sources.push(environment!.source)
  }
  expect(sources[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(sources.slice(0, 3)).size).toBe(3)
  expect(sources[3]).toBe(sources[2])
})

it('an import means the file that TypeScript would take for it', async () => {
  const exporting = (kind: string) => `export const kind: string = '${kind}'`
  writeFiles(workspace, {
    'kinds/one.tsx': exporting('tsx'),
    'kinds/two.mts': exporting('mts'),
    'kinds/three.cts': exporting('cts'),
    'kinds/four/index.tsx': exporting('index'),
    'kinds/five.js': `exports.kind = 'js'`,
    'kinds/five/index.ts': exporting('not this one'),
    'kinds.workflow.ts': `import { workflow } from 'strobe'
import { kind as one } from './kinds/one.js'
import { kind as two } from './kinds/two.mjs'
import { kind as three } from './kinds/three'
import { kind as four } from './kinds/four'
import { kind as five } from './kinds/five'
export default workflow('kinds').task('all', {}, () => [one, two, three, four, five])`,
  })
  const record = await runOnce(engine, { file: 'kinds.workflow.ts' }, progress)
  expect(record.reason, endOf(record)).toBe('finished')
  expect(record.result!.preview).toContain('["tsx", "mts", "cts", "index", "js"]')
})

it('a syntax error in a JavaScript file of the workspace is found in that file', async () => {
  writeFiles(workspace, {
    'broken-helper.mjs': 'export const fine = 1\nexport const broken = = 2\n',
    'broken.workflow.ts': `import { workflow } from 'strobe'\nimport { fine } from './broken-helper.mjs'\nexport default workflow('w').task('a', {}, () => fine)`,
  })
  const { diagnostics } = await checkFile(engine, 'broken.workflow.ts', progress)
  expect(diagnostics).toEqual([
    expect.objectContaining({
      code: 'workflow.syntax',
      place: expect.objectContaining({ file: join(workspace, 'broken-helper.mjs'), line: 2 }),
    }),
  ])
})

describe('CPU samples', () => {
  let samples: ReadSample[]
  let record: RunRecord

  beforeAll(async () => {
    const capture = { level: 'standard', sampleInterval: 1000 } as const
    record = await runOnce(engine, { file: 'samples.workflow.ts', capture }, progress)
    expect(record.reason, endOf(record)).toBe('finished')
    samples = samplesOf(traceOf(engine, record.id)!)
  })

  it('lie at the lines that were executing, in the user’s own file', () => {
    const counting = samples.filter(({ name }) => name === 'countPrimes')
    expect(counting.length).toBeGreaterThan(20)
    for (const { file, begin, origin } of counting) {
      expect({ file, begin, origin }).toEqual({ file: join(workspace, 'samples-work.ts'), begin: 10, origin: 'user' })
    }
    // Nearly all of it goes into the division, in line 15.
    const inner = counting.filter(({ line }) => line === 14 || line === 15)
    expect(inner.length / counting.length).toBeGreaterThan(0.8)
  })

  it('belong to the node whose function is the outermost of the user’s', () => {
    const counting = samples.filter(({ name }) => name === 'countPrimes')
    const [from] = timesOf(traceOf(engine, record.id)!, ['right'])
    const early = counting.filter(({ time }) => time < from)
    // While "left" is open, too.
    const late = counting.filter(({ time }) => time > from)
    expect(Math.min(early.length, late.length)).toBeGreaterThan(20)
    expect([...new Set(early.map(({ node }) => node))]).toEqual(['alone'])
    expect([...new Set(late.map(({ node }) => node))]).toEqual(['right'])
  })

  it('of a function that goes on after an await belong to the one node that is open', () => {
    const trace = traceOf(engine, record.id)!
    const [from, to] = timesOf(trace, ['awaiting'])
    const mixing = samples.filter(({ name, time }) => name === 'mixNumbers' && time > from && time < to)
    expect(mixing.length).toBeGreaterThan(20)
    expect(new Set(mixing.map(({ node }) => node))).toEqual(new Set(['awaiting']))
  })

  it('of such a function are unattributed while two nodes are open, and that share can be seen', () => {
    const trace = traceOf(engine, record.id)!
    const [from] = timesOf(trace, ['left', 'right'])
    const spans = ['left', 'right'].map((name) => timesOf(trace, [name]))
    const bothEnd = Math.min(...spans.map(([, end]) => end))
    const mixing = samples.filter(({ name, time }) => name === 'mixNumbers' && time > from && time < bothEnd)
    expect(mixing.length).toBeGreaterThan(20)
    expect(new Set(mixing.map(({ node }) => node))).toEqual(new Set(['']))
    const { unattributedCpu, rows } = buildNodeTable(trace, record.description)
    const weight = (node: string) =>
      sum(samples.filter((sample) => sample.node === node).map((sample) => sample.weight))
    expect(unattributedCpu).toBe(weight(''))
    expect(unattributedCpu).toBeGreaterThanOrEqual(sum(mixing.map((sample) => sample.weight)))
    expect(Object.fromEntries(rows.map(({ path, cpu }) => [path, cpu]))).toMatchObject({
      alone: weight('alone'),
      awaiting: weight('awaiting'),
    })
  })
})

interface ReadSample {
  readonly name: string
  readonly file: string
  readonly begin: number
  readonly origin: string
  readonly line: number
  readonly node: string
  readonly time: number
  readonly weight: number
}

/** Samples with their innermost function, in the trace's order. */
function samplesOf({ samples, strings }: Trace): ReadSample[] {
  const { frames, stacks, stack, time, weight, line, node } = samples!
  return Array.from(stack, (row, place) => {
    const frame = stacks.frame[row]!
    return {
      ...{ name: strings[frames.name[frame]!]!, file: strings[frames.file[frame]!]!, begin: frames.line[frame]! },
      ...{ origin: frameOrigins[frames.origin[frame]!]!, line: line[place]! },
      ...{ node: strings[node[place]!]!, time: time[place]!, weight: weight[place]! },
    }
  })
}

/** From the earliest start of these nodes to their latest end. */
function timesOf({ spans, strings }: Trace, names: readonly string[]): [from: number, to: number] {
  const rows = Array.from(spans.name, (_, row) => row).filter((row) => names.includes(strings[spans.name[row]!]!))
  const starts = rows.map((row) => spans.start[row]!)
  return [Math.min(...starts), Math.max(...rows.map((row) => spans.start[row]! + spans.duration[row]!))]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
