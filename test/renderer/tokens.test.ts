import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/renderer/tokens.css', 'utf8')
const colour = String.raw`oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)`
const tokens = new Map(
  [...css.matchAll(new RegExp(`--([a-z-]+): light-dark\\(${colour}, ${colour}\\)`, 'g'))].map(([, name, ...parts]) => {
    const [l, c, h, l2, c2, h2] = parts.slice(0, 6).map(Number) as [number, number, number, number, number, number]
    return [name!, { light: luminance(l / 100, c, h), dark: luminance(l2 / 100, c2, h2) }]
  }),
)

/** Relative luminance of an OKLCH colour (Ottosson 2020 for the matrices, WCAG 2.2 for the weights). */
function luminance(lightness: number, chroma: number, hue: number): number {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

const of = (name: string, theme: 'light' | 'dark') => {
  const token = tokens.get(name)
  if (!token) throw new Error(`tokens.css has no colour --${name}`)
  return token[theme]
}

describe('the colours of the window', () => {
  const inks = ['ink', 'ink-quiet', 'ink-faint', 'accent', 'faster-ink', 'slower-ink', 'failed-ink']
  const grounds = ['paper', 'panel', 'raised']

  it('are read right: black on white is 21 to 1', () => {
    expect(contrast(luminance(1, 0, 0), luminance(0, 0, 0))).toBeCloseTo(21, 2)
    expect(tokens.size).toBeGreaterThan(15)
  })

  it.each(['light', 'dark'] as const)('can be read on every ground, %s', (theme) => {
    for (const ink of inks) {
      for (const ground of grounds) {
        expect(contrast(of(ink, theme), of(ground, theme)), `--${ink} on --${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  it.each(['light', 'dark'] as const)('can be read where a row is pointed at or selected, %s', (theme) => {
    for (const ink of ['ink', 'ink-quiet', 'ink-faint', 'accent', 'faster-ink', 'slower-ink', 'failed-ink']) {
      for (const ground of ['hover', 'selected']) {
        expect(contrast(of(ink, theme), of(ground, theme)), `--${ink} on --${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  it.each(['light', 'dark'] as const)('can be read on the accent and in a banner, %s', (theme) => {
    expect(contrast(of('on-accent', theme), of('accent', theme))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('attention-ink', theme), of('attention', theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['light', 'dark'] as const)('show what changed, and where the focus is, at 3 to 1, %s', (theme) => {
    for (const mark of ['faster', 'slower', 'same', 'accent']) {
      for (const ground of grounds) expect(contrast(of(mark, theme), of(ground, theme))).toBeGreaterThanOrEqual(3)
    }
  })
})
