import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseWorkspace, findWorkspace, hasStore } from '../../src/cli/workspace.ts'

describe('the workspace of a folder', () => {
  const folders: Readonly<Record<string, readonly string[]>> = {
    '/home/me/shop': ['package.json', 'a.workflow.ts', 'src'],
    '/home/me/shop/src': ['index.ts'],
    '/home/me/measured': ['.strobe'],
    '/home/me/measured/deep/er': [],
    '/home/me/loose': ['b.workflow.ts'],
    '/home/me/plain': ['package.json', 'tsconfig.json'],
  }
  const ports = { list: (folder: string) => folders[folder] ?? [] }

  it.each([
    ['/home/me/shop', '/home/me/shop'],
    ['/home/me/shop/src', '/home/me/shop'],
    ['/home/me/measured/deep/er', '/home/me/measured'],
    ['/home/me/loose', undefined],
    ['/home/me/plain', undefined],
    ['/', undefined],
  ])('of %s is %s', (start, workspace) => {
    expect(findWorkspace(start, ports)).toBe(workspace)
  })
})

describe('the workspace of a command', () => {
  let root = ''
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'strobe-workspace-')))
    for (const folder of ['shop/src', 'loose', 'empty']) mkdirSync(join(root, folder), { recursive: true })
    for (const file of ['shop/package.json', 'shop/a.workflow.ts', 'loose/b.workflow.ts'])
      writeFileSync(join(root, file), '')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('is the one that was asked for', () => {
    expect(chooseWorkspace({ cwd: root, asked: 'empty' })).toBe(join(root, 'empty'))
    expect(() => chooseWorkspace({ cwd: root, asked: 'nowhere' })).toThrow(
      expect.objectContaining({ code: 'cli.no-folder' }),
    )
  })

  it('is that of the file which was named', () => {
    expect(chooseWorkspace({ cwd: root, subject: 'shop/a.workflow.ts' })).toBe(join(root, 'shop'))
  })

  it('is the current folder for a file below it that belongs to none, else the folder of the file', () => {
    expect(chooseWorkspace({ cwd: root, subject: 'loose/b.workflow.ts' })).toBe(root)
    const outside = join(root, 'loose/b.workflow.ts')
    expect(chooseWorkspace({ cwd: join(root, 'empty'), subject: outside })).toBe(join(root, 'loose'))
  })

  it('is that of the current folder for a name, and the folder itself where there is none', () => {
    expect(chooseWorkspace({ cwd: join(root, 'shop/src'), subject: 'orders' })).toBe(join(root, 'shop'))
    expect(chooseWorkspace({ cwd: join(root, 'empty') })).toBe(join(root, 'empty'))
  })

  it('knows whether something was ever measured', () => {
    expect(hasStore(join(root, 'shop'))).toBe(false)
  })
})
