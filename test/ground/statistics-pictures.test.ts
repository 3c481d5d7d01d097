import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { drawPictures } from '../../scripts/statistics-pictures.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')

it('the pictures of docs/ are those that the statistics draw, and the page shows each', () => {
  const pictures = drawPictures()
  const page = readFileSync(join(docs, 'statistics.md'), 'utf8')
  expect(Object.keys(pictures).sort()).toEqual(readdirSync(docs).filter((name) => name.endsWith('.svg')))
  for (const [name, picture] of Object.entries(pictures)) {
    expect(readFileSync(join(docs, name), 'utf8'), `${name}: run "node scripts/statistics-pictures.ts"`).toBe(picture)
    expect(page).toContain(`](${name})`)
  }
})

it('every verdict stands in the page', () => {
  const page = readFileSync(join(docs, 'statistics.md'), 'utf8')
  const picture = readFileSync(join(docs, 'verdicts.svg'), 'utf8')
  const verdicts = ['faster', 'slower', 'equivalent', 'faster-maybe-negligible', 'slower-maybe-negligible']
  for (const verdict of [...verdicts, 'inconclusive', 'different-result', 'unreliable']) {
    expect(page).toContain(`\`${verdict}\``)
    expect(picture).toContain(`>${verdict}<`)
  }
})
