import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { windowBackground } from '../../src/main/window-background.ts'
import { placeWindow, readWindowState } from '../../src/main/window-state.ts'

const fresh = { maximized: false, fullScreen: false, theme: 'system' }

describe('the remembered state', () => {
  it('is read back as it was', () => {
    const state = {
      bounds: { x: -5, y: 10, width: 900, height: 700 },
      maximized: true,
      fullScreen: false,
      theme: 'dark',
    }
    expect(readWindowState(JSON.stringify(state))).toEqual(state)
  })

  it.each([
    undefined,
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"bounds":{"x":0,"y":0,"width":"900","height":700}}',
    '{"bounds":{"x":0,"y":0,"width":-900,"height":700}}',
    '{"bounds":{"x":1e300,"y":0,"width":900,"height":700}}',
    '{"bounds":{"x":0.5,"y":0,"width":900,"height":700}}',
    '{"maximized":"yes","fullScreen":1,"theme":"pink"}',
  ])('is fresh where the file holds %s', (text) => {
    expect(readWindowState(text)).toEqual(fresh)
  })
})

describe('the place of the window', () => {
  const laptop = { x: 0, y: 25, width: 1440, height: 800 }
  const right = { x: 1440, y: 0, width: 2560, height: 1400 }

  it.each([
    ['never moved: usual size, no larger than the screen', undefined, [laptop], { width: 1440, height: 800 }],
    ['as it was', { x: 100, y: 60, width: 900, height: 700 }, [laptop], { x: 100, y: 60, width: 900, height: 700 }],
    [
      'on the other screen',
      { x: 2000, y: 100, width: 2000, height: 1200 },
      [laptop, right],
      { x: 2000, y: 100, width: 2000, height: 1200 },
    ],
    [
      'on a screen that is gone: centred, and smaller',
      { x: 2000, y: 100, width: 2000, height: 1200 },
      [laptop],
      { width: 1440, height: 800 },
    ],
    [
      'below the upper edge of the screen',
      { x: 100, y: -200, width: 900, height: 700 },
      [laptop],
      { width: 900, height: 700 },
    ],
    ['all but out of it', { x: 1400, y: 60, width: 900, height: 700 }, [laptop], { width: 900, height: 700 }],
    [
      'half out of it',
      { x: -500, y: 60, width: 900, height: 700 },
      [laptop],
      { x: -500, y: 60, width: 900, height: 700 },
    ],
    ['too small', { x: 10, y: 60, width: 200, height: 100 }, [laptop], { x: 10, y: 60, width: 800, height: 500 }],
    ['no screen is known', undefined, [], { width: 1440, height: 900 }],
  ])('%s', (_name, bounds, screens, place) => {
    expect(placeWindow(bounds, screens)).toEqual(place)
  })
})

describe('the empty window', () => {
  const tokens = readFileSync(new URL('../../src/renderer/tokens.css', import.meta.url), 'utf8')
  const [, light, dark] = /--paper:\s*light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\)/.exec(tokens) ?? []

  it('has the colour of the page in both themes', () => {
    expect(windowBackground(false)).toBe(hexOf(light ?? ''))
    expect(windowBackground(true)).toBe(hexOf(dark ?? ''))
  })
})

/** sRGB of `oklch(L% C H)`, by the matrices of CSS Color 4. */
function hexOf(colour: string): string {
  const [lightness = 0, chroma = 0, hue = 0] = [...colour.matchAll(/[\d.]+/g)].map(([number]) => Number(number))
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const base = lightness / 100
  const long = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (base - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
  const encoded = linear.map((value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))
  return `#${encoded
    .map((value) =>
      Math.round(Math.min(1, Math.max(0, value)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
