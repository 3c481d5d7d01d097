import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { initWorkspace } from '../../src/engine/init-workspace.ts'
import { makeFolder } from '../../src/engine/make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'strobe-folder-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a folder is made', () => {
  it('with those above it, and again without a complaint', () => {
    const path = join(folder, 'a', 'b', 'c')
    makeFolder(path)
    makeFolder(path)
    expect(statSync(path).isDirectory()).toBe(true)
  })

  it('not where a file is, or below one', () => {
    const file = join(folder, 'file.txt')
    writeFileSync(file, '')
    for (const path of [file, join(file, 'below')]) {
      const made = () => makeFolder(path)
      expect(made).toThrow(expect.objectContaining({ code: 'engine.no-folder' }))
      expect(made).toThrow(`${file} is a file`)
    }
  })

  it.skipIf(process.platform !== 'linux')('not where the system takes none, and that is known at once', () => {
    expect(() => makeFolder('/proc/strobe/below')).toThrow(expect.objectContaining({ code: 'engine.no-folder' }))
  })
})

describe('a workspace with settings of its own', () => {
  it('is told which paths the types have, as long as it does not have them', () => {
    const path = join(folder, 'own')
    makeFolder(path)
    writeFileSync(join(path, 'tsconfig.json'), '{ "compilerOptions": {} }')
    const { kept, typePaths } = initWorkspace(path)
    expect(kept).toEqual(['tsconfig.json'])
    expect(Object.keys(typePaths!)).toEqual(['strobe', 'strobe/toolkit'])
    expect(typePaths!.strobe![0]).toMatch(/workflow\/index\.d\.ts$/)
    const fresh = join(folder, 'fresh')
    expect(initWorkspace(fresh).typePaths).toBeUndefined()
    expect(initWorkspace(fresh).typePaths).toBeUndefined()
  })
})
