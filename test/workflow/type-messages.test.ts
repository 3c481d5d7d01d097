// What the editor shows where a workflow is wrong: the compiler's own words over small wrong workflows, each in one file.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const chain = `workflow('w', { params: { limit: 1 } }).resource('db', () => ({})).task('orders', { knobs: { chunk: knob.integer(1, { min: 1, max: 9 }) } }, () => [{ id: 1 }])`

const cases: Record<string, { code: string; message: RegExp }> = {
  node: {
    code: `${chain}.task('x', { from: ['ordres'] }, () => 1)`,
    message: /Type '"ordres"' is not assignable to type '"orders"'/,
  },
  resource: {
    code: `${chain}.task('x', { use: ['bd'] }, () => 1)`,
    message: /Type '"bd"' is not assignable to type '"db"'/,
  },
  undeclared: {
    code: `${chain}.task('x', ({ orders }) => orders)`,
    message: /Property 'orders' does not exist on type 'NodeContext</,
  },
  duplicate: {
    code: `${chain}.task('orders', () => 1)`,
    message:
      /'"orders"' is not assignable .* '"\\"orders\\" is declared already, names of nodes and resources are unique"'/,
  },
  reserved: {
    code: `${chain}.task('params', () => 1)`,
    message: /'"\\"params\\" is reserved, choose another name"'/,
  },
  address: {
    code: `${chain}.variant('v', { order: { chunk: 2 } })`,
    message: /'order' does not exist in type 'VariantPatch<.*Did you mean to write 'orders'\?/,
  },
  knob: {
    code: `${chain}.variant('v', { orders: { chunks: 2 } })`,
    message: /'chunks' does not exist in type .*Did you mean to write 'chunk'\?/s,
  },
  variant: {
    code: `${chain}.variant('v', {}).variant('v', {})`,
    message: /'"the variant \\"v\\" is declared already"'/,
  },
  limitless: {
    code: `${chain}.cycle('c', (c) => c.start(() => 1).next(() => 2))`,
    message: /Type '"a cycle needs a limit, add \.limits\(\{ maxIterations: … \}\)"' is not assignable/,
  },
  endless: {
    code: `${chain}.cycle('c', (c) => c.start(() => 1).task('t', () => 1))`,
    message: /missing: "a cycle needs \.next\(\.\.\.\), which makes the state of the next turn"/,
  },
  goal: {
    code: `${chain}.cycle('c', (c) => c.start(() => 1).next(() => 2).metric('m', () => 1, { goal: 'minimize' }).limits({ patience: 1 }))`,
    message: /Type '"minimize"' is not assignable to type .* Did you mean '"minimise"'\?/,
  },
  duration: {
    code: `${chain}.task('x', { timeout: '30 sec' }, () => 1)`,
    message: /Type '"30 sec"' is not assignable to type 'Duration'/,
  },
}

const folder = mkdtempSync(join(tmpdir(), 'type-messages-'))
let output = ''

beforeAll(() => {
  for (const [name, { code }] of Object.entries(cases)) {
    writeFileSync(join(folder, `${name}.ts`), `import { knob, workflow } from 'strobe'\n${code}\nknob\n`)
  }
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: { types: [], paths: { strobe: [join(root, 'src/workflow/index.ts')] } },
    include: [folder, join(root, 'src/base/globals.d.ts')],
    exclude: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const ran = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { encoding: 'utf8' })
  output = ran.stdout + ran.stderr
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each(Object.keys(cases))('says in plain words what is wrong: %s', (name) => {
  // A message and its details, which are indented, up to the next file.
  const blocks = output.split(/\n(?=\S)/)
  const own = blocks.filter((block) => block.includes(`/${name}.ts(`))
  expect(own, output).toHaveLength(1)
  expect(own[0]).toMatch(cases[name]!.message)
})

it('finds nothing else', () => {
  expect(output.split(/\n(?=\S)/).filter((block) => block.trim() !== '')).toHaveLength(Object.keys(cases).length)
})
