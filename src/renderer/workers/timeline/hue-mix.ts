import { type BarKey, type HueMix, mixStep } from '../../charts/timeline/model.ts'

/** Hues that can be told apart in one row; the others are drawn as one without a hue. */
const mostHues = 12

/** What each hue covers of a row; `null` where there is only one. */
export function mixHues(
  keys: readonly BarKey[],
  key: Uint16Array,
  start: Float64Array,
  end: Float64Array,
): HueMix | null {
  const covered = new Map<string, number>()
  for (let bar = 0; bar < key.length; bar++) {
    const { hue } = keys[key[bar]!]!
    covered.set(hue, (covered.get(hue) ?? 0) + end[bar]! - start[bar]!)
  }
  if (covered.size < 2) return null
  const ranked = [...covered].sort((a, b) => b[1] - a[1]).map(([hue]) => hue)
  const hues = ranked.length > mostHues ? [...ranked.slice(0, mostHues - 1), ''] : ranked
  const placeOf = new Map(ranked.map((hue, place) => [hue, Math.min(place, hues.length - 1)]))
  const hueOfKey = keys.map(({ hue }) => placeOf.get(hue) ?? 0)
  const hue = Uint8Array.from(key, (one) => hueOfKey[one]!)
  const coveredBefore = new Float64Array((Math.floor(key.length / mixStep) + 1) * hues.length)
  const sums = new Float64Array(hues.length)
  for (let bar = 0; bar <= key.length; bar++) {
    if (bar % mixStep === 0) coveredBefore.set(sums, (bar / mixStep) * hues.length)
    if (bar < key.length) sums[hue[bar]!]! += end[bar]! - start[bar]!
  }
  return { hues, hue, coveredBefore }
}
