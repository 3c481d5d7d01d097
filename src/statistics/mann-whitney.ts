import { normalQuantile, normalSf } from './normal.ts'
import { kthDifference, sorted } from './order-statistics.ts'
import { rankSumCounts, rankSumWork } from './rank-sums.ts'
import { doubledMidranks, tieSum } from './ranks.ts'
import { refuseInfinite } from './refuse.ts'
import type { Numbers } from './scale.ts'

/**
 * Additions that an exact null distribution may cost: a fraction of a second (75 against 75 values). Beyond, the normal
 * approximation.
 */
const largestExactWork = 1e8

/** The Mann–Whitney (Wilcoxon rank-sum) test of two unpaired samples. */
export interface MannWhitneyTest {
  /** Pairs in which the candidate is larger, ties as ½. */
  readonly u: number
  /** u/(mn): the chance that a candidate value is the larger (Vargha & Delaney's A₁₂), and Cliff's δ = 2·A₁₂ − 1. */
  readonly superiority: number
  readonly cliffDelta: number
  /** Two-sided: min(1, 2·min(P(U ≤ u), P(U ≥ u))), conditional on ties. */
  readonly p: number
  /**
   * Two-sided by distance from the centre, P(|U − mn/2| ≥ |u − mn/2|); differs from `p` only where ties make the null
   * lopsided. `null` when not enumerated.
   */
  readonly pCentred: number | null
  /** P(U ≤ u): small where the candidate is lower. P(U ≥ u): small where it is higher. */
  readonly pLess: number
  readonly pGreater: number
  /** Two-sided by the tie-corrected normal approximation, without and with continuity correction. */
  readonly pNormal: number
  readonly pNormalCorrected: number
  readonly ties: boolean
  readonly method: 'exact' | 'normal'
}

/**
 * The Mann–Whitney test (Mann & Whitney 1947), exact conditional on ties (permutation distribution of midranks): also
 * where ties make the null lopsided, where doubling the tail of min(u, mn − u) as some tools do gives nonsense. `null`
 * where a side is empty.
 */
export function mannWhitneyTest(baseline: Numbers, candidate: Numbers): MannWhitneyTest | null {
  const m = baseline.length
  const n = candidate.length
  if (m === 0 || n === 0) return null
  const pooled = Float64Array.from({ length: m + n }, (_, index) =>
    index < m ? (baseline[index] as number) : (candidate[index - m] as number),
  )
  const ranks = doubledMidranks(pooled)
  let candidateSum = 0
  for (let index = m; index < ranks.length; index++) candidateSum += ranks[index] as number
  const u = (candidateSum - n * (n + 1)) / 2
  const tied = tieSum(pooled)
  const total = m + n
  const spread = Math.sqrt(((m * n) / 12) * (total + 1 - tied / (total * (total - 1))))
  const deviation = u - (m * n) / 2
  const upper = (distance: number) => (spread === 0 ? 1 : normalSf(distance / spread))
  const shape = {
    u,
    superiority: u / (m * n),
    cliffDelta: (2 * u) / (m * n) - 1,
    pNormal: Math.min(1, 2 * upper(Math.abs(deviation))),
    pNormalCorrected: Math.min(1, 2 * upper(Math.max(0, Math.abs(deviation) - 0.5))),
    ties: tied > 0,
  }
  const chosen = Math.min(m, n)
  if (rankSumWork(ranks, chosen) > largestExactWork) {
    const pLess = upper(-deviation - 0.5)
    const pGreater = upper(deviation - 0.5)
    return { ...shape, p: shape.pNormalCorrected, pCentred: null, pLess, pGreater, method: 'normal' }
  }
  const smallerSum = n <= m ? candidateSum : total * (total + 1) - candidateSum
  const { atMost, atLeast, centred } = tailsOf(ranks, chosen, smallerSum)
  // The smaller sample is enumerated; when that is the baseline, its high sums are the candidate's low ones.
  const [pLess, pGreater] = n <= m ? [atMost, atLeast] : [atLeast, atMost]
  return {
    ...shape,
    p: Math.min(1, 2 * Math.min(pLess, pGreater)),
    pCentred: centred,
    pLess,
    pGreater,
    method: 'exact',
  }
}

function tailsOf(ranks: Float64Array, chosen: number, observed: number) {
  const { counts, sumOf } = rankSumCounts(ranks, chosen)
  const centre = (chosen * (ranks.length + 1)) as number
  const distance = Math.abs(observed - centre)
  let all = 0
  let atMost = 0
  let atLeast = 0
  let outer = 0
  for (let index = 0; index < counts.length; index++) {
    const ways = counts[index] as number
    const sum = sumOf(index)
    all += ways
    if (sum <= observed) atMost += ways
    if (sum >= observed) atLeast += ways
    if (Math.abs(sum - centre) >= distance) outer += ways
  }
  return { atMost: atMost / all, atLeast: atLeast / all, centred: outer / all }
}

/** P(U ≤ u) for u = 0 … mn without ties. */
export function mannWhitneyDistribution(m: number, n: number): Float64Array {
  const ranks = Float64Array.from({ length: m + n }, (_, index) => 2 * (index + 1))
  const chosen = Math.min(m, n)
  // The lowest `chosen` ranks, counted from 0, sum to chosen·(chosen − 1)/2: that is U = 0.
  const counts = rankSumCounts(ranks, chosen).counts.subarray((chosen * (chosen - 1)) / 2)
  let all = 0
  for (const ways of counts) all += ways
  let sum = 0
  return Float64Array.from({ length: m * n + 1 }, (_, u) => {
    sum += counts[u] as number
    return sum / all
  })
}

/** The interval for the shift between two unpaired samples, with the rank it was read at. */
export interface ShiftInterval {
  readonly low: number | null
  readonly high: number | null
  /** 0 where the level cannot be reached. */
  readonly rank: number
  /** The confidence it really gives without ties; `null` where not attainable or not enumerated. */
  readonly confidence: number | null
}

/**
 * The exact interval of level 1 − γ for the shift candidate − baseline: the differences of ranks k and mn + 1 − k, k
 * the smallest with P(U ≤ k) ≥ γ/2 (Moses 1965; Hollander & Wolfe 1999, §4.3). Unbounded where k is 0.
 */
export function shiftInterval(baseline: Numbers, candidate: Numbers, gamma: number): ShiftInterval {
  const m = baseline.length
  const n = candidate.length
  if (m === 0 || n === 0) return { low: null, high: null, rank: 0, confidence: null }
  refuseInfinite(baseline)
  refuseInfinite(candidate)
  const { rank, confidence } = shiftRank(m, n, gamma)
  if (rank <= 0) return { low: null, high: null, rank: 0, confidence: null }
  const a = sorted(baseline)
  const b = sorted(candidate)
  return { low: kthDifference(a, b, rank), high: kthDifference(a, b, m * n + 1 - rank), rank, confidence }
}

/** The rank at which `shiftInterval` reads, and the confidence it gives. */
export function shiftRank(m: number, n: number, gamma: number): { rank: number; confidence: number | null } {
  const total = m + n
  const untied = Math.min(m, n) * total * m * n
  if (untied > largestExactWork) {
    const spread = Math.sqrt((m * n * (total + 1)) / 12)
    return { rank: Math.max(0, Math.ceil((m * n) / 2 + normalQuantile(gamma / 2) * spread - 0.5)), confidence: null }
  }
  const chances = mannWhitneyDistribution(m, n)
  // Relative slack for rounding, so that a chance that equals γ/2 exactly counts as reached.
  const rank = chances.findIndex((chance) => chance >= (gamma / 2) * (1 - 1e-12))
  return { rank, confidence: rank === 0 ? null : 1 - 2 * (chances[rank - 1] as number) }
}
