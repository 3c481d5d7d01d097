import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog, describeThrown, fitsInto, formatEntry, logFileNames } from '../../src/main/rotating-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strobe-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = new Date('2026-11-21T10:00:00Z')

describe('an entry', () => {
  it('says when, and keeps its lines together', () => {
    expect(formatEntry(at, 'one\ntwo')).toBe('2026-11-21T10:00:00.000Z one\n  two\n')
  })

  it('is cut where it is huge', () => {
    expect(formatEntry(at, 'x'.repeat(100_000)).length).toBeLessThan(9000)
  })

  it('of an error is its stack', () => {
    expect(describeThrown(new Error('broken'))).toMatch(/^Error: broken\n\s+at /)
    expect(describeThrown('broken')).toBe('broken')
  })

  it.each([
    [0, 'x'.repeat(2_000_000), true],
    [999_999, 'x', true],
    [999_999, 'xx', false],
  ])('into a file of %i bytes', (bytes, entry, fits) => {
    expect(fitsInto(bytes, entry)).toBe(fits)
  })
})

describe('the log', () => {
  it('goes into a folder that is not there yet', () => {
    const log = createLog(join(folder, 'logs'), () => at)
    log('one')
    log('two')
    expect(readFileSync(join(folder, 'logs', 'main.log'), 'utf8')).toBe(formatEntry(at, 'one') + formatEntry(at, 'two'))
  })

  it('begins a new file when one is full, and keeps three', () => {
    const log = createLog(folder, () => at)
    for (const turn of ['first', 'second', 'third', 'fourth']) {
      log(turn)
      const [current = ''] = logFileNames()
      writeFileSync(join(folder, current), `${turn} ${'x'.repeat(1_000_000)}`)
    }
    log('fifth')
    expect(readdirSync(folder).toSorted()).toEqual(logFileNames().toSorted())
    expect(readFileSync(join(folder, 'main.log'), 'utf8')).toBe(formatEntry(at, 'fifth'))
    expect(readFileSync(join(folder, 'main.1.log'), 'utf8')).toMatch(/^fourth/)
    expect(readFileSync(join(folder, 'main.2.log'), 'utf8')).toMatch(/^third/)
  })

  it('that cannot be written is no error', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => createLog(join(folder, 'file', 'logs'))('lost')).not.toThrow()
  })
})
