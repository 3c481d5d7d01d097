import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { rooms } from './room-list.ts'

/** Each touches the world, or asks for the types of something that does. */
const impure = {
  'fs.ts': "import { readFileSync } from 'node:fs'\nexport const text = readFileSync('x')\n",
  'process.ts': 'export const where = process.cwd()\n',
  'console.ts': "console.log('x')\nexport {}\n",
  'buffer.ts': "export const bytes = Buffer.from('x')\n",
  'timer.ts': 'export const timer = setTimeout(() => {}, 1)\n',
  'fetch.ts': "export const answer = fetch('http://127.0.0.1')\n",
  'document.ts': "export const title = document.getElementById('x')\n",
  'window.ts': 'export const width = window.innerWidth\n',
  'storage.ts': "export const value = localStorage.getItem('x')\n",
}
const names = Object.keys(impure)
const ofBrowserOnly = ['document.ts', 'window.ts', 'storage.ts']
const ofNodeOnly = ['fs.ts', 'process.ts', 'buffer.ts']

describe('purity is a fact of the compiler', () => {
  it('a pure room compiles nothing that touches the world', () => {
    const { errors } = compile('tsconfig.pure.json', impure)
    expect(Object.keys(errors).toSorted()).toEqual(names.toSorted())
  })

  it('and it is the options that refuse: Node compiles what is Node, the browser what is the browser', () => {
    const inNode = Object.keys(compile('tsconfig.node.json', impure).errors).toSorted()
    expect(ofBrowserOnly).toEqual(expect.arrayContaining(inNode))
    expect(inNode).toContain('document.ts')
    const inBrowser = Object.keys(compile('tsconfig.dom.json', impure).errors)
    expect(inBrowser.toSorted()).toEqual(ofNodeOnly.toSorted())
  })

  it('a pure room compiles the language and the universals that base declares', () => {
    const universals = readFileSync('src/base/globals.d.ts', 'utf8')
    const pure = `
      export const copy = structuredClone(new Map([[1, 'one']]))
      export const signal: AbortSignal = AbortSignal.any([new AbortController().signal])
      export const bytes = new TextEncoder().encode(new URL('a:b').href)\n`
    expect(compile('tsconfig.pure.json', { 'globals.d.ts': universals, 'pure.ts': pure }).output).toBe('')
  })

  it('every pure room is compiled that way', () => {
    const config = JSON.parse(readFileSync('tsconfig.pure.json', 'utf8')) as {
      include: string[]
      compilerOptions?: object
    }
    const pure = rooms.filter((room) => room.kind === 'pure').map((room) => `src/${room.name}`)
    expect(config.include).toEqual(pure)
    expect(config.compilerOptions ?? {}).toEqual({})
    const base = JSON.parse(readFileSync('tsconfig.base.json', 'utf8')) as { compilerOptions: Record<string, unknown> }
    expect(base.compilerOptions).toMatchObject({ types: [], lib: ['ES2024'] })
  })
})
