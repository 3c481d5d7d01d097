import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readTyped } from '../../src/web/typed.ts'

const root = mkdtempSync(join(tmpdir(), 'strobe-typed-'))
afterAll(() => rmSync(root, { recursive: true }))
const plain = { port: 0, open: true, trust: false, json: false, withParent: false }

describe('what is typed', () => {
  it.each<[readonly string[], object]>([
    [[], plain],
    [['.'], { ...plain, workspace: root }],
    [[root], { ...plain, workspace: root }],
    [[`../${basename(root)}`, '--trust'], { ...plain, workspace: root, trust: true }],
    [['--samples', '--no-open'], { ...plain, workspace: { samples: true }, open: false }],
    [['--port', '4711', '--json', '--with-parent'], { ...plain, port: 4711, json: true, withParent: true }],
    [['--data', 'own'], { ...plain, data: join(root, 'own') }],
  ])('%j', (words, typed) => {
    expect(readTyped(words, root)).toEqual(typed)
  })

  it.each<[readonly string[], string]>([
    [['a', 'b'], 'web.usage'],
    [['.', '--samples'], 'web.usage'],
    [['--port', 'x'], 'web.usage'],
    [['--port', '65536'], 'web.usage'],
    [['--port', '-1'], 'web.usage'],
    [['--port'], 'web.usage'],
    [['--nope'], 'web.usage'],
    [['nowhere'], 'web.no-folder'],
    [['file'], 'web.no-folder'],
  ])('%j is refused: %s', (words, code) => {
    writeFileSync(join(root, 'file'), '')
    expect(() => readTyped(words, root)).toThrow(expect.objectContaining({ code }))
  })
})
