import { useSyncExternalStore } from 'react'

/** The tokens of the theme that is shown, as colours that a canvas and ECharts understand. */
export interface Palette {
  readonly paper: string
  readonly panel: string
  readonly raised: string
  readonly hover: string
  readonly selected: string
  readonly line: string
  readonly lineStrong: string
  readonly ink: string
  readonly inkQuiet: string
  readonly inkFaint: string
  readonly accent: string
  readonly faster: string
  readonly fasterInk: string
  readonly slower: string
  readonly slowerInk: string
  readonly same: string
  readonly rope: string
  readonly failedInk: string
  readonly frame: string
  /** Font families. */
  readonly face: string
  readonly faceCode: string
  /** A category by its hue (`hueOf`): a filled area, a softer one, and an edge or line. */
  readonly bar: (hue: number) => string
  readonly barSoft: (hue: number) => string
  readonly barEdge: (hue: number) => string
}

/** The palette of the theme that is shown now. It is another object after the theme has changed. */
export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, currentPalette)
}

/** The same outside of components. */
export function currentPalette(): Palette {
  palette ??= readPalette()
  return palette
}

let palette: Palette | undefined
const listeners = new Set<() => void>()
let stopWatching: (() => void) | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  stopWatching ??= watchTheme()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stopWatching?.()
    stopWatching = undefined
    // Nobody watches from here on: what is kept could be of another theme.
    palette = undefined
  }
}

/** The theme is an attribute of the root element, or else the system's. */
function watchTheme(): () => void {
  const forget = () => {
    palette = undefined
    for (const listener of listeners) listener()
  }
  const observer = new MutationObserver(forget)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', forget)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', forget)
  }
}

/** Tokens are written as `light-dark(oklch(…), oklch(…))`: an element says which they are, a pixel what they are in sRGB. */
function readPalette(): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const styles = getComputedStyle(probe)
  const pixel = onePixel()
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`
    return pixel(styles.color)
  }
  const face = (token: string) => styles.getPropertyValue(`--${token}`).trim()
  try {
    const hued = new Map<string, string>()
    return {
      paper: colour('paper'),
      panel: colour('panel'),
      raised: colour('raised'),
      hover: colour('hover'),
      selected: colour('selected'),
      line: colour('line'),
      lineStrong: colour('line-strong'),
      ink: colour('ink'),
      inkQuiet: colour('ink-quiet'),
      inkFaint: colour('ink-faint'),
      accent: colour('accent'),
      faster: colour('faster'),
      fasterInk: colour('faster-ink'),
      slower: colour('slower'),
      slowerInk: colour('slower-ink'),
      same: colour('same'),
      rope: colour('rope'),
      failedInk: colour('failed-ink'),
      frame: colour('frame'),
      face: face('face'),
      faceCode: face('face-code'),
      bar: (hue) => readHued(hued, 'bar', hue),
      barSoft: (hue) => readHued(hued, 'bar-soft', hue),
      barEdge: (hue) => readHued(hued, 'bar-edge', hue),
    }
  } finally {
    probe.remove()
  }
}

function readHued(known: Map<string, string>, token: string, hue: number): string {
  const key = `${token} ${hue}`
  const found = known.get(key)
  if (found !== undefined) return found
  const probe = document.createElement('span')
  probe.hidden = true
  probe.dataset.hued = ''
  probe.style.setProperty('--hue', String(hue))
  probe.style.color = `var(--${token})`
  document.body.append(probe)
  const colour = onePixel()(getComputedStyle(probe).color)
  probe.remove()
  known.set(key, colour)
  return colour
}

let context: CanvasRenderingContext2D | null = null

/** ECharts mixes colours itself and knows sRGB only; a canvas knows every way of CSS to write one. */
function onePixel(): (colour: string) => string {
  context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  return (colour) => {
    if (context === null) return colour
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha = 255] = context.getImageData(0, 0, 1, 1).data
    return alpha === 255
      ? `rgb(${red}, ${green}, ${blue})`
      : `rgba(${red}, ${green}, ${blue}, ${(alpha / 255).toFixed(3)})`
  }
}
