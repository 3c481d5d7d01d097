import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const folder = 'out/renderer'
const read = (file: string) => readFileSync(`${folder}/${file}`)

/** Every file that the page needs before anything is seen: what it names, and what that imports, but for what is fetched later. */
function initialFiles(): string[] {
  const html = read('index.html').toString()
  const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]!)
  const files = new Set<string>()
  const visit = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    if (!file.endsWith('.js')) return
    const text = read(file).toString()
    for (const [, from] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\/[^"']+\.js)["']/g)) {
      visit(posix.join(posix.dirname(file), from!))
    }
  }
  for (const file of named) visit(file)
  return [...files]
}

describe('the page as it begins', () => {
  const files = initialFiles()

  it('was looked at', () => {
    expect(files.some((file) => file.endsWith('.js'))).toBe(true)
    expect(files.some((file) => file.endsWith('.css'))).toBe(true)
    expect(files.map((file) => read(file).toString()).join()).toContain('react')
  })

  it('has at most 450 KB, gzipped', () => {
    const sizes = files.map((file) => [file, gzipSync(read(file)).byteLength] as const)
    const total = sizes.reduce((sum, [, size]) => sum + size, 0)
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(450_000)
    expect(total).toBeGreaterThan(50_000)
  })

  it('holds neither the schemas of the contract, which the engine checks with, nor charts', () => {
    const every = readdirSync(`${folder}/assets`).map((file) => `assets/${file}`)
    const holding = (mark: string, among: readonly string[]) =>
      among.filter((file) => file.endsWith('.js') && read(file).toString().includes(mark))
    expect(readFileSync('node_modules/zod/v4/classic/schemas.js', 'utf8')).toContain('ZodObject')
    expect(holding('ZodObject', files)).toEqual([])
    expect(holding('ECharts', every)).not.toEqual([])
    expect(holding('ECharts', files)).toEqual([])
  })
})
