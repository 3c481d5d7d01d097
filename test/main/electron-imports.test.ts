import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

describe('Electron', () => {
  it('is imported where windows and processes are made, and by the preload, nowhere else', () => {
    const files = globSync('src/**/*.{ts,tsx}').map((path) => path.replaceAll('\\', '/'))
    expect(files.length).toBeGreaterThan(300)
    // Types are gone when it runs; in plain Node the package would start a download and throw.
    const values = /^import (?!type )[^;]*?\bfrom 'electron'|\bimport\('electron'\)|\brequire\('electron'\)/m
    const importing = files.filter((path) =>
      values.test(readFileSync(path, 'utf8').replace(/^import type [^']*'electron'$/gm, '')),
    )
    expect(importing.toSorted()).toEqual([
      'src/main/desktop.ts',
      'src/main/electron-engine.ts',
      'src/main/index.ts',
      'src/main/studio-window.ts',
      'src/preload/index.ts',
    ])
  })
})
