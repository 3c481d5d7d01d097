import { html, type Markup } from './markup.ts'

/** Hues of equal lightness and chroma, as far apart as ten can be; orange and blue are left to what became slower and faster. */
const hues = [150, 300, 200, 345, 115, 270, 175, 325, 95, 225] as const

/** Gives every name a hue: the same name the same one in every report, as long as no other name of this report had it first. */
export class Palette {
  readonly #taken = new Map<string, number>()

  /** `names` in the order in which they may choose. */
  constructor(names: Iterable<string>) {
    const used = new Set<number>()
    for (const name of names) {
      if (this.#taken.has(name)) continue
      let slot = hash(name) % hues.length
      for (let tries = 0; used.has(slot) && tries < hues.length; tries++) slot = (slot + 1) % hues.length
      if (used.size < hues.length) used.add(slot)
      this.#taken.set(name, hues[slot]!)
    }
  }

  /** Hue in degrees. */
  hueOf(name: string): number {
    return this.#taken.get(name) ?? hues[hash(name) % hues.length]!
  }
}

/** The style attribute by which the classes `cat` and `cat-line` know their hue. */
export function hueStyle(hue: number): Markup {
  return html`style="--hue:${Math.round(hue)}"`
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let place = 0; place < text.length; place++) {
    value = Math.imul(value ^ text.charCodeAt(place), 0x01000193) >>> 0
  }
  return value
}
