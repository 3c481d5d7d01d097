import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rank } from '../../src/renderer/commands/palette-ranking.ts'

const commands = [
  { title: 'Open folder…', words: 'File' },
  { title: 'Open the samples', words: 'File' },
  { title: 'Go to Compare', words: 'Go' },
  { title: 'Go to Report', words: 'Go' },
  { title: 'Run a workflow…', words: 'Measure' },
  { title: 'New experiment…', words: 'Measure' },
  { title: 'Show or hide the log', words: 'View' },
  { title: 'Run fitModel…', detail: 'fit-model.workflow.ts' },
]
const found = (typed: string) => rank(typed, commands).map(({ entry }) => entry.title)

describe('what is found by typing', () => {
  it('is everything, in its order, where nothing was typed', () => {
    expect(found('  ')).toEqual(commands.map(({ title }) => title))
  })

  it.each([
    ['log', 'Show or hide the log'],
    ['comp', 'Go to Compare'],
    ['gtr', 'Go to Report'],
    ['exp', 'New experiment…'],
    ['run wf', 'Run a workflow…'],
    ['fm', 'Run fitModel…'],
    ['samples open', 'Open the samples'],
    ['OPEN F', 'Open folder…'],
  ])('%s finds %s first', (typed, title) => {
    expect(found(typed)[0]).toBe(title)
  })

  it('is nothing where a word is missing', () => {
    expect(found('open zebra')).toEqual([])
  })

  it('is found by words that are not shown, in the order of the table', () => {
    expect(found('measure')).toEqual(['Run a workflow…', 'New experiment…'])
  })

  it('is found by its detail', () => {
    expect(found('fit-model')).toEqual(['Run fitModel…'])
  })

  it('puts the beginning of a word before its middle', () => {
    const entries = [{ title: 'forerun' }, { title: 'overrun it' }, { title: 'to run' }, { title: 'run' }]
    expect(rank('run', entries).map(({ entry }) => entry.title)).toEqual(['run', 'to run', 'forerun', 'overrun it'])
  })

  it('says which letters were typed', () => {
    expect(rank('gtr', commands)[0]?.places).toEqual([0, 3, 6])
    expect(rank('log', commands)[0]?.places).toEqual([17, 18, 19])
    expect(rank('measure', commands)[0]?.places).toEqual([])
  })

  it('marks letters that are in the title, in order, each once', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcABC -') })
    fc.assert(
      fc.property(text, fc.array(text), (typed, titles) => {
        for (const { entry, places } of rank(
          typed,
          titles.map((title) => ({ title })),
        )) {
          expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
          const letters = new Set(typed.toLowerCase().replace(/\s/g, ''))
          for (const place of places) expect(letters).toContain(entry.title[place]?.toLowerCase())
        }
      }),
    )
  })

  it('finds every title by a piece of it', () => {
    const title = fc.string({ minLength: 1, unit: fc.constantFrom(...'abcdefABC') })
    fc.assert(
      fc.property(title, fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % text.length
        const piece = text.slice(start, start + 1 + (length % (text.length - start)))
        expect(rank(piece, [{ title: text }])).toHaveLength(1)
      }),
    )
  })
})
