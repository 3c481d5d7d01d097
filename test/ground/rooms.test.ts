import { describe, expect, it } from 'vitest'
import { findCycles } from './cycles.ts'
import { readImports } from './imports.ts'
import { rooms } from './room-list.ts'
import { inspectProject, type SourceFile } from './rooms.ts'

const readmes: Record<string, string> = {
  ...Object.fromEntries(rooms.map(({ name }) => [`src/${name}/README.md`, 'May import: nothing'])),
  'src/trace/README.md': 'May import: base',
  'src/analysis/README.md': 'May import: base, trace',
  'src/store/README.md': 'May import: base',
}

/** Violations of a project of these files and a README for every room, as `rule file`. */
function violationsOf(files: Record<string, string>): string[] {
  const all = Object.entries({ ...readmes, ...files })
  const list = all.map(([path, text]): SourceFile => ({ path, text }))
  return inspectProject(list).violations.map(({ rule, file }) => `${rule} ${file}`)
}

const base = { 'src/base/index.ts': 'export const one = 1\n' }

describe('a project that breaks no law', () => {
  it('has no violations', () => {
    const files = {
      ...base,
      'src/trace/index.ts':
        "import { one } from '../base/index.ts'\nexport * from './deep/model.ts'\nexport const two = one\n",
      'src/trace/deep/model.ts': "import type { one } from '../../base/index.ts'\nexport type One = typeof one\n",
      'src/store/index.ts': "import Database from 'better-sqlite3'\nimport { join } from 'node:path'\n",
      'src/main/index.ts': "import { app } from 'electron'\n",
      'src/renderer/index.tsx': "import { useState } from 'react'\nconst view = <b>{useState}</b>\n",
    }
    expect(violationsOf(files)).toEqual([])
  })

  it('is counted', () => {
    const list = Object.entries({ ...readmes, ...base, 'src/trace/index.ts': "export * from '../base/index.ts'" })
    const inspection = inspectProject(list.map(([path, text]) => ({ path, text })))
    expect(Object.fromEntries(inspection.filesByRoom)).toEqual({ base: 1, trace: 1 })
    expect(inspection).toMatchObject({ internalImports: 1, roomImports: 1, packageImports: 0 })
  })
})

describe('each law bites', () => {
  const cases: [title: string, files: Record<string, string>, violation: string][] = [
    [
      'a room imports a room that its README does not name',
      { ...base, 'src/advice/index.ts': "import '../base/index.ts'" },
      'may-import src/advice/index.ts',
    ],
    [
      'a room imports a room below it',
      { 'src/engine/index.ts': '', 'src/base/index.ts': "import '../engine/index.ts'" },
      'may-import src/base/index.ts',
    ],
    [
      'a type is imported against the order',
      { 'src/engine/index.ts': '', 'src/base/index.ts': "import type { A } from '../engine/index.ts'" },
      'may-import src/base/index.ts',
    ],
    [
      'a type is named by import() against the order',
      { 'src/engine/index.ts': '', 'src/base/index.ts': "export type A = import('../engine/index.ts').A" },
      'may-import src/base/index.ts',
    ],
    [
      'a re-export against the order',
      { 'src/engine/index.ts': '', 'src/base/index.ts': "export { a } from '../engine/index.ts'" },
      'may-import src/base/index.ts',
    ],
    [
      'a dynamic import against the order',
      { 'src/engine/index.ts': '', 'src/base/index.ts': 'void import(`../engine/index.ts`)' },
      'may-import src/base/index.ts',
    ],
    [
      'an import out of src',
      { 'src/base/index.ts': "import '../../package.json'", 'package.json': '{}' },
      'may-import src/base/index.ts',
    ],
    ['a README names a room below', { 'src/base/README.md': 'May import: engine' }, 'readme src/base/README.md'],
    [
      'a README names what the design forbids',
      { 'src/statistics/README.md': 'May import: base, trace' },
      'readme src/statistics/README.md',
    ],
    [
      'a README names what is no room',
      { 'src/engine/README.md': 'May import: base, everything' },
      'readme src/engine/README.md',
    ],
    [
      'a shell names a room behind the engine',
      { 'src/cli/README.md': 'May import: base, engine, store' },
      'readme src/cli/README.md',
    ],
    ['a README without the line', { 'src/base/README.md': '# base' }, 'readme src/base/README.md'],
    [
      'a room is entered past its index',
      { ...base, 'src/base/ids.ts': '', 'src/trace/index.ts': "import '../base/ids.ts'" },
      'entered-by-index src/trace/index.ts',
    ],
    ['a file that is not there', { 'src/base/index.ts': "import './gone.ts'" }, 'missing-file src/base/index.ts'],
    ['a folder that is no room', { 'src/extras/index.ts': '' }, 'room src/extras/index.ts'],
    ['a file beside the rooms', { 'src/index.ts': '' }, 'room src/index.ts'],
    [
      'electron outside of its rooms',
      { 'src/engine/index.ts': "import { app } from 'electron'" },
      'package src/engine/index.ts',
    ],
    [
      'a part of electron outside of its rooms',
      { 'src/cli/index.ts': "import { app } from 'electron/main'" },
      'package src/cli/index.ts',
    ],
    [
      'better-sqlite3 in the engine',
      { 'src/engine/index.ts': "import type Database from 'better-sqlite3'" },
      'package src/engine/index.ts',
    ],
    [
      'better-sqlite3 by require',
      { 'src/toolkit/http.ts': "const Database = require('better-sqlite3')" },
      'package src/toolkit/http.ts',
    ],
    ['zod in a pure room', { 'src/trace/index.ts': "import { z } from 'zod'" }, 'package src/trace/index.ts'],
    [
      'comlink outside of the workers',
      { 'src/renderer/index.tsx': "import { wrap } from 'comlink'" },
      'package src/renderer/index.tsx',
    ],
    [
      'the product imports itself by name',
      { 'src/toolkit/index.ts': "import { workflow } from 'strobe'" },
      'package src/toolkit/index.ts',
    ],
    [
      'a package in a pure room',
      { 'src/report/index.ts': "import colors from 'picocolors'" },
      'package src/report/index.ts',
    ],
    [
      'Node in a pure room',
      { 'src/trace/index.ts': "import { readFileSync } from 'node:fs'" },
      'node src/trace/index.ts',
    ],
    [
      'Node in a pure room, without its prefix',
      { 'src/trace/index.ts': "import { readFileSync } from 'fs'" },
      'node src/trace/index.ts',
    ],
    [
      'Node in the sandboxed preload',
      { 'src/preload/index.ts': "import { join } from 'node:path'" },
      'node src/preload/index.ts',
    ],
    [
      'Node in the renderer',
      { 'src/renderer/index.tsx': "import { join } from 'node:path'" },
      'node src/renderer/index.tsx',
    ],
    [
      'an import that nobody can check, in a pure room',
      { 'src/trace/index.ts': 'export const load = (name: string) => import(name)' },
      'computed-import src/trace/index.ts',
    ],
    [
      'a cycle of two',
      { 'src/base/a.ts': "import './b.ts'", 'src/base/b.ts': "import './a.ts'" },
      'cycle src/base/a.ts',
    ],
    [
      'a cycle of types',
      { 'src/base/a.ts': "import type { B } from './b.ts'", 'src/base/b.ts': "import type { A } from './a.ts'" },
      'cycle src/base/a.ts',
    ],
    ['a file that imports itself', { 'src/base/a.ts': "import './a.ts'" }, 'cycle src/base/a.ts'],
    ['a file that does not parse', { 'src/base/index.ts': 'export const = 1' }, 'syntax src/base/index.ts'],
    ['a file of 401 lines', { 'src/base/index.ts': '//\n'.repeat(401) }, 'length src/base/index.ts'],
    ['a long test', { 'test/base/long.test.ts': '//\n'.repeat(401) }, 'length test/base/long.test.ts'],
    ['a file called utils', { 'src/base/utils.ts': '' }, 'name src/base/utils.ts'],
    ['a folder called shared', { 'src/base/shared/one.ts': '' }, 'name src/base/shared/one.ts'],
    ['a file that is some manager', { 'test/run-manager.test.ts': '' }, 'name test/run-manager.test.ts'],
    ['a file in camel case', { 'src/base/callTree.ts': '' }, 'name src/base/callTree.ts'],
  ]
  it.each(cases)('%s', (_title, files, violation) => {
    expect(violationsOf(files)).toContain(violation)
  })

  it('a room without README', () => {
    const list = Object.entries(readmes).filter(([path]) => path !== 'src/base/README.md')
    const { violations } = inspectProject(list.map(([path, text]) => ({ path, text })))
    expect(violations.map(({ rule, file }) => `${rule} ${file}`)).toEqual(['readme src/base/README.md'])
  })

  it('400 lines are not too many', () => {
    expect(violationsOf({ 'src/base/index.ts': '//\n'.repeat(400) })).toEqual([])
  })
})

describe('the reader of imports', () => {
  it('sees every syntax and nothing in comments and strings', () => {
    const text = `
      import a from './a.ts'; import type { B } from './b.ts'; export * from './c.ts'; export { d } from './d.ts'
      const e = await import('./e.ts'); type F = import('./f.ts').F; import './g.css'; const h = require('./h.cjs')
      // import './no.ts'
      const text = "import './no.ts'"; const name = './no.ts'; void import(name)`
    const found = readImports('file.ts', text)
    expect(found.specifiers.toSorted()).toEqual([
      './a.ts',
      './b.ts',
      './c.ts',
      './d.ts',
      './e.ts',
      './f.ts',
      './g.css',
      './h.cjs',
    ])
    expect(found).toMatchObject({ computed: 1, errors: [] })
  })
})

describe('the finder of cycles', () => {
  it('names one shortest cycle of each knot', () => {
    const graph = new Map([
      ['a', ['b', 'x']],
      ['b', ['c', 'a']],
      ['c', ['a']],
      ['x', ['y', 'outside']],
      ['y', []],
      ['p', ['q']],
      ['q', ['p']],
    ])
    expect(findCycles(graph).toSorted()).toEqual([
      ['a', 'b'],
      ['p', 'q'],
    ])
  })
})
