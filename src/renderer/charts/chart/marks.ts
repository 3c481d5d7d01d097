/**
 * The marks of one series of a chart: what each is in words, and what it was made from. The sentence is its tooltip and what
 * is read out when it is reached by keyboard; the datum is what a click or Enter hands on.
 */
export interface ChartMarks<Datum> {
  /** `id` of the series in the option; a mark's number is its `dataIndex`. */
  readonly series: string
  readonly count: number
  /** Lines are separated by `\n`. `undefined`: there is no mark at this place (no data). */
  readonly sentence: (index: number) => string | undefined
  readonly datum: (index: number) => Datum
}

/** Where the keyboard is: the place of a series among the marks, and a mark of it. */
export interface MarkPlace {
  readonly series: number
  readonly index: number
}

/** Marks from one end to the other in so many page keys. */
const pages = 10

/**
 * Where a key leads: along a series with the arrows to the side, to its ends with Home and End, a tenth further with the page
 * keys, to the next series with the arrows up and down. Marks without a sentence are passed over. `undefined`: the key is for
 * somebody else.
 */
export function moveMark(
  marks: readonly ChartMarks<unknown>[],
  at: MarkPlace | null,
  key: string,
): MarkPlace | undefined {
  const filled = marks.map((series, place) => ({ ...series, place })).filter(({ count }) => count > 0)
  if (filled.length === 0) return undefined
  const current = Math.max(
    0,
    filled.findIndex(({ place }) => place === at?.series),
  )
  const { count, place, sentence } = filled[current]!
  const index = Math.min(at?.index ?? 0, count - 1)
  const along = (target: number, step: 1 | -1): MarkPlace | undefined => {
    const within = Math.min(count - 1, Math.max(0, target))
    const found = seek(sentence, count, within, step) ?? seek(sentence, count, within, step === 1 ? -1 : 1)
    return found === undefined ? (at ?? undefined) : { series: place, index: found }
  }
  if (at === null && isMove(key)) return along(key === 'End' ? count - 1 : 0, key === 'End' ? -1 : 1)
  const page = Math.max(1, Math.round(count / pages))
  switch (key) {
    case 'ArrowRight':
      return along(index + 1, 1)
    case 'ArrowLeft':
      return along(index - 1, -1)
    case 'PageDown':
      return along(index + page, 1)
    case 'PageUp':
      return along(index - page, -1)
    case 'Home':
      return along(0, 1)
    case 'End':
      return along(count - 1, -1)
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = filled[(current + (key === 'ArrowDown' ? 1 : filled.length - 1)) % filled.length]!
      const within = Math.min(index, next.count - 1)
      const found = seek(next.sentence, next.count, within, 1) ?? seek(next.sentence, next.count, within, -1)
      return found === undefined ? (at ?? undefined) : { series: next.place, index: found }
    }
  }
  return undefined
}

const moves = ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'PageDown', 'PageUp', 'Home', 'End']

function isMove(key: string): boolean {
  return moves.includes(key)
}

function seek(
  sentence: ChartMarks<unknown>['sentence'],
  count: number,
  from: number,
  step: 1 | -1,
): number | undefined {
  for (let index = from; index >= 0 && index < count; index += step) if (sentence(index) !== undefined) return index
  return undefined
}

/** A sentence in lines of at most `width` characters, broken at spaces: what is drawn on a canvas does not wrap itself. */
export function wrapLines(text: string, width = 64): string {
  return text
    .split('\n')
    .map((line) => {
      const lines: string[] = ['']
      for (const word of line.split(' ')) {
        const last = lines.at(-1)!
        if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
        else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
      }
      return lines.join('\n')
    })
    .join('\n')
}
