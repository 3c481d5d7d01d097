import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readImports } from '../ground/imports.ts'

const importsOf = (name: string) => readImports(name, readFileSync(`out/main/${name}`, 'utf8')).specifiers

describe('the built main process', () => {
  it('needs no file but its own, as that alone is verified when it is packaged', () => {
    const imports = importsOf('index.js')
    expect(imports).toContain('electron')
    expect(imports.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([])
  })

  it.each(['engine-host.js', 'runner-host.js'])(
    '%s does not ask for Electron, which is not there in its process',
    (name) => {
      expect(importsOf(name)).not.toContain('electron')
      expect(readFileSync(`out/main/${name}`, 'utf8')).toContain('parentPort')
    },
  )
})
