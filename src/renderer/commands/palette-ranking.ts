/** Something that can be found by typing. */
export interface Findable {
  readonly title: string
  /** Also looked through, and shown quietly: an id, a file. */
  readonly detail?: string
  /** Also looked through, and not shown: what sort of thing it is. */
  readonly words?: string
}

/** What was found, with the places in its title that were typed. */
export interface Found<Entry> {
  readonly entry: Entry
  readonly places: readonly number[]
}

/**
 * The entries that hold what was typed, best first; equally good ones stay in their order. Words are looked for one by
 * one, each letter after the other: `cp ord` finds *Compare orders*. Nothing typed finds all.
 */
export function rank<Entry extends Findable>(typed: string, entries: readonly Entry[]): Found<Entry>[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries.map((entry) => ({ entry, places: [] }))
  return entries
    .flatMap((entry, order) => {
      const match = matchWords(words, entry)
      return match ? [{ entry, order, ...match }] : []
    })
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ entry, places }) => ({ entry, places }))
}

function matchWords(words: readonly string[], { title, detail = '', words: unseen = '' }: Findable) {
  const around = `${unseen} ${detail}`
  const places = new Set<number>()
  let score = 0
  for (const word of words) {
    const inTitle = matchWord(word, title)
    const inDetail = inTitle ? undefined : matchWord(word, around)
    if (!inTitle && !inDetail) return undefined
    score += inTitle ? inTitle.score : inDetail!.score / 4
    for (const place of inTitle?.places ?? []) places.add(place)
  }
  // Of two that match alike, the shorter one is nearer to what was typed.
  if (places.size > 0) score -= title.length / 100
  return { score, places: [...places].sort((a, b) => a - b) }
}

/**
 * Where the letters of a word are in a text, all of them in turn: as a piece where there is one, else scattered. A piece
 * counts more than scattered letters, the beginning of a word more than its middle. Scattered letters must begin a word.
 */
function matchWord(word: string, text: string): { readonly score: number; readonly places: number[] } | undefined {
  const lower = text.toLowerCase()
  const pieces = findAll(lower, word)
  if (pieces.length > 0) {
    const start = pieces.find((place) => beginsWord(text, place)) ?? pieces[0]!
    const bonus = start === 0 ? 12 : beginsWord(text, start) ? 8 : 0
    return { score: 10 * word.length + bonus, places: Array.from(word, (_, step) => start + step) }
  }
  const places: number[] = []
  for (const letter of word) {
    const from = places.length === 0 ? 0 : places.at(-1)! + 1
    const next = lower.indexOf(letter, from)
    const start = wordStart(text, lower, letter, from)
    // The beginning of a later word is meant rather than a letter inside this one, unless the word goes on here.
    const place = next === from && places.length > 0 ? next : (start ?? (places.length === 0 ? -1 : next))
    if (place < 0) return undefined
    places.push(place)
  }
  const begun = places.filter((place) => beginsWord(text, place)).length
  return { score: 3 * word.length + 4 * begun - (places.at(-1)! - places[0]!) / 8, places }
}

function findAll(text: string, piece: string): number[] {
  const places: number[] = []
  for (let place = text.indexOf(piece); place >= 0; place = text.indexOf(piece, place + 1)) places.push(place)
  return places
}

function wordStart(text: string, lower: string, letter: string, from: number): number | undefined {
  for (let place = lower.indexOf(letter, from); place >= 0; place = lower.indexOf(letter, place + 1)) {
    if (beginsWord(text, place)) return place
  }
  return undefined
}

/** After a space or a sign, or a capital after a small letter. */
function beginsWord(text: string, place: number): boolean {
  if (place === 0) return true
  const [before, here] = [text[place - 1]!, text[place]!]
  return !/[\p{L}\p{N}]/u.test(before) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(here))
}
