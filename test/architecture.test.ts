import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rooms } from './ground/room-list.ts'
import { inspectProject } from './ground/rooms.ts'

const looked = ['src', 'test', 'bench', 'scripts', 'resources/samples']
const paths = globSync(
  looked.map((folder) => `${folder}/**/*`),
  { withFileTypes: true, exclude: ['test/fixtures/**'] },
)
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replace(/^\.\//, ''))
const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const inspection = inspectProject(files)

describe('the rooms of this project', () => {
  it('breaks no law: imports, packages, purity, cycles, length, names', () => {
    const lines = inspection.violations.map(({ rule, file, message }) => `${rule}: ${file} ${message}`)
    expect(lines).toEqual([])
  })

  it('was looked at: every code file that git lists under src, in every room that has one', () => {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
      encoding: 'utf8',
    })
    const code = listed.split('\n').filter((path) => /\.(?:tsx?|js)$/.test(path) && paths.includes(path))
    const counted = [...inspection.filesByRoom.values()].reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(code.length)
    expect(counted).toBeGreaterThan(100)
    const empty = rooms.map((room) => room.name).filter((name) => !inspection.filesByRoom.has(name))
    expect(empty, 'rooms without code; take out of this list what got its first file').toEqual([])
  })

  it('was looked at: imports between files, between rooms and of packages', () => {
    expect(inspection.internalImports).toBeGreaterThan(200)
    expect(inspection.roomImports).toBeGreaterThan(50)
    expect(inspection.packageImports).toBeGreaterThan(50)
  })
})
