import { hueOf } from '../hues.ts'
import type { BarKey } from './model.ts'

/** Colours of one category, as the canvas takes them and as packed pixels. */
export interface BarColours {
  readonly bar: string
  readonly soft: string
  readonly edge: string
  /** As packed pixels. */
  readonly pixels: { readonly bar: number; readonly soft: number; readonly edge: number; readonly hatched: number }
  /** Packed pixels of a bar that covers 0/8 to 8/8 of a pixel. */
  readonly covers: Uint32Array
  /** The same for what a search did not find. */
  readonly faint: Uint32Array
}

const tokenNames = [
  'paper',
  'panel',
  'line',
  'line-strong',
  'ink',
  'ink-quiet',
  'ink-faint',
  'accent',
  'failed-ink',
  'frame',
  'selected',
] as const
type TokenName = (typeof tokenNames)[number]

/** Steps between an empty and a full pixel. */
const coverSteps = 8

/**
 * The window's colours for a canvas: the tokens as they are now, and those of categories. Make it anew when the theme changes.
 */
export class Palette {
  readonly tokens: Readonly<Record<TokenName, string>>
  readonly face: string
  readonly #probe: HTMLElement
  readonly #pixel: CanvasRenderingContext2D
  readonly #byHue = new Map<number, BarColours>()
  readonly #byName = new Map<string, BarColours>()
  readonly #byKeys = new WeakMap<readonly BarKey[], readonly BarColours[]>()
  #neutral: BarColours | undefined
  #hatch: CanvasPattern | null = null

  /** `host`: an element that the tokens reach; the palette puts a hidden element into it. */
  constructor(host: HTMLElement) {
    this.#probe = document.createElement('span')
    this.#probe.hidden = true
    this.#probe.dataset.hued = ''
    host.append(this.#probe)
    const canvas = document.createElement('canvas')
    canvas.width = 1
    canvas.height = 1
    this.#pixel = canvas.getContext('2d', { willReadFrequently: true })!
    this.tokens = Object.fromEntries(tokenNames.map((name) => [name, this.#read(name)])) as Record<TokenName, string>
    this.face = getComputedStyle(host).fontFamily
  }

  /** Colours of whatever has this name; of nothing in particular where it is empty. */
  of(name: string): BarColours {
    if (name === '') {
      this.#neutral ??= this.#make(this.tokens.frame, this.tokens.frame, this.tokens['line-strong'])
      return this.#neutral
    }
    let colours = this.#byName.get(name)
    if (!colours) {
      const hue = hueOf(name)
      colours = this.#byHue.get(hue) ?? this.#makeHued(hue)
      this.#byHue.set(hue, colours)
      this.#byName.set(name, colours)
    }
    return colours
  }

  /** Colours of all keys of a lane, in their order. */
  ofKeys(keys: readonly BarKey[]): readonly BarColours[] {
    let colours = this.#byKeys.get(keys)
    if (!colours) {
      colours = keys.map(({ hue }) => this.of(hue))
      this.#byKeys.set(keys, colours)
    }
    return colours
  }

  /** Diagonal lines that lie over time in a queue. */
  hatch(context: CanvasRenderingContext2D, scale: number): CanvasPattern | string {
    if (!this.#hatch) {
      const size = Math.round(5 * scale)
      const canvas = document.createElement('canvas')
      canvas.width = size
      canvas.height = size
      const tile = canvas.getContext('2d')!
      tile.strokeStyle = this.tokens.ink
      tile.globalAlpha = 0.55
      tile.lineWidth = Math.max(1, scale)
      for (const shift of [-size, 0, size]) {
        tile.beginPath()
        tile.moveTo(shift, size)
        tile.lineTo(shift + size, 0)
        tile.stroke()
      }
      this.#hatch = context.createPattern(canvas, 'repeat')
    }
    return this.#hatch ?? this.tokens.ink
  }

  /** Takes its element away again. */
  dispose(): void {
    this.#probe.remove()
  }

  #makeHued(hue: number): BarColours {
    this.#probe.style.setProperty('--hue', String(hue))
    return this.#make(this.#read('bar'), this.#read('bar-soft'), this.#read('bar-edge'))
  }

  #make(bar: string, soft: string, edge: string): BarColours {
    const [paper, full] = [partsOf(this.tokens.paper), partsOf(bar)]
    const shades = (most: number) =>
      Uint32Array.from({ length: coverSteps + 1 }, (_, step) => {
        // Even what covers little must be seen.
        return packed(paper, full, most * (0.3 + (0.7 * step) / coverSteps))
      })
    const pixels = {
      bar: packed(full, full, 1),
      soft: packed(full, partsOf(soft), 1),
      edge: packed(full, partsOf(edge), 1),
      hatched: packed(full, partsOf(this.tokens.ink), 0.55),
    }
    return { bar, soft, edge, pixels, covers: shades(1), faint: shades(0.25) }
  }

  /** A token as six hexadecimal digits: a canvas reads these fastest, and it reads them for every bar. */
  #read(token: string): string {
    this.#probe.style.color = `var(--${token})`
    this.#pixel.fillStyle = getComputedStyle(this.#probe).color
    this.#pixel.fillRect(0, 0, 1, 1)
    const parts = [...this.#pixel.getImageData(0, 0, 1, 1).data.subarray(0, 3)]
    return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
  }
}

/** Red, green and blue of six hexadecimal digits. */
function partsOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

/** A colour at `alpha` over another, as the four bytes of a pixel: red first, in memory. */
function packed(under: readonly number[], over: readonly number[], alpha: number): number {
  const [red, green, blue] = under.map((part, place) => Math.round(part + (over[place]! - part) * alpha))
  return ((255 << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0
}

/** Place of a share of 0 to 1 among the shades of a colour. */
export function shadeOf(cover: number): number {
  return Math.min(coverSteps, Math.max(0, Math.round(cover * coverSteps)))
}
