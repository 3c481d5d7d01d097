import { html, type Markup } from './markup.ts'

/** From values to pixels. */
export type Scale = (value: number) => number

/** Numbers with two decimals of a pixel: finer is not seen and makes the file larger. */
export function px(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0
}

/** A straight scale; a domain without extent lands in the middle. */
export function linear(low: number, high: number, from: number, to: number): Scale {
  if (!(high > low)) return () => (from + to) / 2
  return (value) => from + ((value - low) / (high - low)) * (to - from)
}

/** A scale of ratios: the same factor is the same distance. */
export function logarithmic(low: number, high: number, from: number, to: number): Scale {
  const straight = linear(Math.log(low), Math.log(high), from, to)
  return (value) => straight(Math.log(value))
}

/** Round values from 0 (or `low`) to `high`, about `count` of them. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return []
  const rough = span / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power
  const ticks: number[] = []
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) ticks.push(index * step)
  return ticks
}

const units: ReadonlyArray<readonly [size: number, name: string]> = [
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
]

/** Labels for durations on one axis: all in the unit that suits the longest. */
export function durationLabels(longest: number): (nanoseconds: number) => string {
  const [size, name] = units.find(([unit]) => longest >= unit * (unit === 60e9 ? 3 : 1)) ?? [1, 'ns']
  return (nanoseconds) => `${Number((nanoseconds / size).toPrecision(6))} ${name}`
}

const changes = [
  ...[
    -99, -98, -95, -90, -80, -70, -60, -50, -40, -30, -25, -20, -15, -10, -8, -6, -5, -4, -3, -2, -1, -0.5, 0, 0.5, 1,
    2, 3,
  ],
  ...[4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 700, 900, 1900, 4900, 9900],
]

/** Ticks for ratios as changes in per cent, at least `gap` pixels apart; no change is always among them where it is in range. */
export function changeTicks(
  low: number,
  high: number,
  scale: Scale,
  gap: number,
): Array<{ ratio: number; label: string }> {
  const ticks = changes
    .map((percent) => ({
      ratio: 1 + percent / 100,
      label: percent === 0 ? '0' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`,
    }))
    .filter(({ ratio }) => ratio >= low && ratio <= high)
  // From no change outwards, so that the axis is anchored there; round numbers win over what is between them.
  const weight = (ratio: number) => {
    const size = Math.abs(Math.round((ratio - 1) * 1000) / 10)
    if (size === 0) return 0
    return size % 50 === 0 ? 1 : size % 10 === 0 ? 2 : size % 5 === 0 ? 3 : 4
  }
  const chosen: typeof ticks = []
  for (const tick of ticks.toSorted((a, b) => weight(a.ratio) - weight(b.ratio))) {
    if (chosen.every((other) => Math.abs(scale(other.ratio) - scale(tick.ratio)) >= gap)) chosen.push(tick)
  }
  return chosen.sort((a, b) => a.ratio - b.ratio)
}

/** Vertical grid lines with labels below. */
export function verticalGrid(
  ticks: ReadonlyArray<{ readonly at: number; readonly label: string }>,
  box: { readonly top: number; readonly bottom: number; readonly right: number },
): Markup {
  return html`<g class="grid">${ticks.map(({ at, label }) => {
    // The last label would stick out of the picture.
    const anchor = at > box.right - 24 ? 'end' : 'middle'
    return html`<path d="M${px(at)} ${box.top}V${box.bottom}"/><text x="${px(at)}" y="${box.bottom + 13}" text-anchor="${anchor}">${label}</text>`
  })}</g>`
}
