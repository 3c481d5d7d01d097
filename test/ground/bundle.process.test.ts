import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as toolkitSource from '../../src/toolkit/index.ts'
import * as workflowSource from '../../src/workflow/index.ts'
import { compile } from './compile.ts'
import { readImports } from './imports.ts'

const main = readdirSync('out/main')
const read = (file: string) => readFileSync(`out/${file}`, 'utf8')
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }

describe('the bundles for Node', () => {
  it('hold one file for each process, thread and module of user code', () => {
    const threads = ['engine-host.js', 'runner-host.js', 'sqlite-thread.js']
    const entries = ['cli.js', 'index.js', 'runner.js', 'strobe.js', 'toolkit.js', 'trial.js', 'web.js', ...threads]
    // A chunk has its digest behind the last dash.
    const found = main.filter((file) => !file.includes('-') || threads.includes(file))
    expect(found.toSorted()).toEqual(entries.toSorted())
  })

  it('lie in one folder, so that a file is found beside whatever chunk asks for it', () => {
    expect(main.filter((file) => !file.endsWith('.js'))).toEqual([])
  })

  it('bundle no dependency: each is imported by name, and only what package.json brings', () => {
    const allowed = ['electron', ...Object.keys(manifest.dependencies)]
    const found = new Set<string>()
    for (const file of main) {
      for (const specifier of readImports(file, read(`main/${file}`)).specifiers) {
        if (specifier.startsWith('.') || specifier.startsWith('node:')) continue
        expect(allowed, `${file} imports ${specifier}`).toContain(
          specifier.split('/')[0]?.startsWith('@') ? specifier : specifier.split('/')[0],
        )
        found.add(specifier)
      }
      // The bundler heads each module's code with a comment that names it.
      expect(read(`main/${file}`), file).not.toMatch(/^\/\/.*node_modules\//m)
    }
    expect([...found]).toEqual(expect.arrayContaining(['better-sqlite3', 'undici', 'electron', 'commander']))
  })

  it('ask for Electron in the main process only', () => {
    const asking = main.filter((file) => readImports(file, read(`main/${file}`)).specifiers.includes('electron'))
    expect(asking).toEqual(['index.js'])
  })

  it.each([
    ['strobe.js', workflowSource],
    ['toolkit.js', toolkitSource],
  ])('%s exports what its source exports, no less and no more', async (file, source) => {
    const bundle = (await import(pathToFileURL(resolve('out/main', file)).href)) as object
    expect(Object.keys(bundle).toSorted()).toEqual(Object.keys(source).toSorted())
    expect(Object.keys(bundle).length).toBeGreaterThan(2)
  })
})

describe('the preload', () => {
  it('is one CommonJS file that asks for Electron and nothing else, as a sandboxed window wants it', () => {
    expect(readdirSync('out/preload')).toEqual(['index.cjs'])
    expect(readImports('index.cjs', read('preload/index.cjs')).specifiers).toEqual(['electron'])
    expect(read('preload/index.cjs')).not.toMatch(/^(?:import|export)\b/m)
  })
})

describe("the window's page", () => {
  const page = read('renderer/index.html')

  it('keeps the content security policy: no inline script or style, nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|https?:/)
    const paths = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThanOrEqual(2)
    for (const path of paths) expect(() => read(`renderer/${path}`)).not.toThrow()
  })

  it('is minified', () => {
    const texts = readdirSync('out/renderer/assets')
      .filter((file) => file.endsWith('.js'))
      .map((file) => read(`renderer/assets/${file}`))
    expect(texts.length).toBeGreaterThan(6)
    // Libraries keep the lines of their licences; what is written by hand has 120 characters at most.
    const [length, lines] = [texts.join('\n').length, texts.join('\n').split('\n').length]
    expect(length / lines).toBeGreaterThan(400)
  })
})

describe("the types for users' editors", () => {
  const workspace = (options: object) => ({
    compilerOptions: {
      target: 'ES2024',
      lib: ['ES2024'],
      module: 'ESNext',
      moduleResolution: 'bundler',
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
      paths: {
        strobe: [resolve('out/types/workflow/index.d.ts')],
        'strobe/toolkit': [resolve('out/types/toolkit/index.d.ts')],
      },
      ...options,
    },
  })
  const good = `
    import { knob, workflow } from 'strobe'
    import { sqlite } from 'strobe/toolkit'
    export default workflow('prices', { params: { limit: 500 } })
      .resource('db', { knobs: { lookupBatch: knob.integer(1, { min: 1, max: 9 }) } }, ({ knobs }) => sqlite('shop.db', knobs))
      .task('orders', { use: ['db'] }, ({ db, params }) => db.all('SELECT * FROM orders LIMIT ?', [params.limit]))
      .variant('batched', { db: { lookupBatch: 5 } })\n`
  const bad = good
    .replace('use: [', "use: ['api', ")
    .replace('params.limit', 'params.limits')
    .replace('lookupBatch: 5', 'lookupBatch: "5"')

  it.each([
    ['plain', {}],
    ['with the types of the browser', { lib: ['ES2024', 'DOM'] }],
    ['with the types of Node', { types: ['node'] }],
    ['resolved as Node does', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
  ])("work in a workspace of the user's own, %s", (_how, options) => {
    const { errors, output } = compile(workspace(options), { 'good.workflow.ts': good, 'bad.workflow.ts': bad })
    expect(Object.keys(errors), output).toEqual(['bad.workflow.ts'])
    expect(errors['bad.workflow.ts']?.length, output).toBeGreaterThanOrEqual(3)
  })
})
