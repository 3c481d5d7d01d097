import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { workspaceFiles } from '../../src/engine/workspace-template.ts'
import { type NodeModel, planWorkflow, workflowOf } from '../../src/workflow/index.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'workspace-'))
const files = workspaceFiles({
  strobeTypes: join(root, 'src/workflow/index.ts'),
  toolkitTypes: join(root, 'src/toolkit/index.ts'),
})

beforeAll(() => {
  for (const { path, content } of files) writeFileSync(join(folder, path), content)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('has the files of a workspace', () => {
  expect(files.map((file) => file.path)).toEqual(['tsconfig.json', 'package.json', '.gitignore', 'first.workflow.ts'])
  expect(files.find((file) => file.path === '.gitignore')?.content).toMatch(/^\.strobe\/$/m)
  expect(JSON.parse(files[1]!.content)).toMatchObject({ type: 'module' })
})

it('writes paths as tsconfig wants them', () => {
  const paths = (strobeTypes: string) => workspaceFiles({ strobeTypes, toolkitTypes: 'x/t.d.ts' })[0]!.content
  expect(paths('types/index.d.ts')).toContain('"strobe": ["./types/index.d.ts"]')
  expect(paths('../types/index.d.ts')).toContain('"strobe": ["../types/index.d.ts"]')
  expect(paths('C:\\strobe\\index.d.ts')).toContain('"strobe": ["C:/strobe/index.d.ts"]')
  expect(paths('/opt/strobe/index.d.ts')).toContain('"strobe": ["/opt/strobe/index.d.ts"]')
})

it('compiles in the editor, and a wrong name in it does not', () => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const compile = () => {
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { encoding: 'utf8' })
    return stdout.split('\n').filter((line) => line.includes('first.workflow.ts'))
  }
  expect(compile()).toEqual([])
  const source = files.find((file) => file.path === 'first.workflow.ts')!.content
  writeFileSync(join(folder, 'first.workflow.ts'), source.replace("over: 'points'", "over: 'point'"))
  expect(compile()[0]).toContain(`'"point"' is not assignable to type '"points"'`)
  writeFileSync(join(folder, 'first.workflow.ts'), source)
})

it('holds a workflow that plans without a word and comes to the line that its points were made from', async () => {
  const module: { default: unknown } = await import(join(folder, 'first.workflow.ts'))
  const { plan, diagnostics } = planWorkflow(workflowOf(module.default)!, { variant: 'overlapped' })
  expect(diagnostics).toEqual([])
  const { iterations, state, loss } = await execute(plan!.nodes, { points: 40 })
  expect(loss).toBeLessThan(0.001)
  expect(iterations).toBeGreaterThan(3)
  expect(iterations).toBeLessThan(200)
  expect(state.slope).toBeCloseTo(3, 0)
  expect(state.offset).toBeCloseTo(1, 0)
})

/** Executes the template's nodes as the runtime would, without anything around it. */
async function execute(nodes: readonly NodeModel[], params: Record<string, unknown>) {
  let seed = 1
  const random = () => {
    seed = (seed * 48271) % 2147483647
    return seed / 2147483647
  }
  const [points, trust, fit] = nodes
  if (points?.kind !== 'task' || trust?.kind !== 'map' || fit?.kind !== 'cycle') throw new Error('another workflow')
  const [step] = fit.nodes
  if (step?.kind !== 'task') throw new Error('another cycle')
  const outputs: Record<string, unknown> = { points: await points.run({ params, random }) }
  outputs.trust = await Promise.all(
    (outputs.points as unknown[]).map((point, index) => trust.run(point, { params }, index)),
  )
  let state = (await fit.start({ ...outputs, params })) as Record<string, number>
  for (let iteration = 0; ; iteration++) {
    const inputs = { ...outputs, params, state, iteration }
    const turn = { ...inputs, step: await step.run(inputs) }
    state = (await fit.next(turn)) as Record<string, number>
    const loss = fit.metric!.of({ ...turn, state })
    if (fit.until!({ ...turn, state, metric: loss }) || iteration + 1 === fit.limits.maxIterations) {
      return { state, iterations: iteration + 1, loss }
    }
  }
}
