import { Draws } from './draws.ts'
import { independent, noiseModels } from './noise-models.ts'
import { arrange, atLeast, atMost, countOf, drawExperiment, type Method, type Simulation } from './simulation.ts'

const rope = 0.02
const cap = 40
const iid = noiseModels['iid 3 %'] as (typeof noiseModels)[string]
const spikes = noiseModels['spikes 10 %'] as (typeof noiseModels)[string]
const drift = noiseModels['drift 6 %'] as (typeof noiseModels)[string]

/**
 * Significant after Holm at any look up to the cap, by p-values alone: intervals cost ten times as much and do not
 * matter here.
 */
function significantAtAnyLook(method: Method, times: readonly Float64Array[]): boolean {
  const plan = method.makePlan('standard', { comparisons: times.length - 1 })
  const [baseline, ...candidates] = times.map((values) => method.toNanoLogs(values))
  const p: number[][] = candidates.map(() => [])
  for (const { blocks } of plan.looks) {
    if (blocks > cap) break
    const valid = candidates.map((values, candidate) => {
      const of = p[candidate] as number[]
      of.push(method.testPaired((baseline as Float64Array).subarray(0, blocks), values.subarray(0, blocks)).p)
      return method.alwaysValidP(of, plan.looks, plan.alpha)
    })
    if (method.adjustHolm(valid).some((value) => value <= plan.alpha)) return true
  }
  return false
}

/** The verdicts at the looks of the standard plan until it says to stop. */
function verdictsUntilStop(method: Method, times: readonly Float64Array[], stopping = true): string[] {
  const plan = method.makePlan('standard')
  const [baseline, candidate] = times as [Float64Array, Float64Array]
  const previous: ReturnType<Method['evaluateLook']>[] = []
  const verdicts: string[] = []
  for (const { blocks } of plan.looks) {
    if (blocks > cap) break
    const input = { plan, baseline: baseline.subarray(0, blocks), candidates: [candidate.subarray(0, blocks)], rope }
    const state = method.evaluateLook({ ...input, previous: previous.filter((entry) => entry.kind === 'look') })
    if (state.kind !== 'look') continue
    previous.push(state)
    verdicts.push(state.candidates[0]?.verdict ?? 'none')
    if (stopping && state.stop !== null) break
  }
  return verdicts
}

const unchanged: readonly Simulation[] = Object.entries(noiseModels).map(([name, noise]) => ({
  name: `A/A, ${name}: significant at any look to 40`,
  repetitions: 2000,
  fullRepetitions: 20_000,
  bounds: atMost(0.05),
  count: (method, repetitions) =>
    countOf(repetitions, 1_000_000, (seed) =>
      significantAtAnyLook(method, drawExperiment(method, noise, cap, [1, 1], seed)),
    ),
}))

const strongOfUnchanged: readonly Simulation[] = Object.entries(noiseModels).map(([name, noise]) => ({
  name: `A/A, ${name}: verdict faster or slower`,
  repetitions: 2000,
  fullRepetitions: 20_000,
  bounds: (repetitions) => ({ least: 0, most: Math.ceil((6 * repetitions) / 2000) }),
  count: (method, repetitions) =>
    countOf(repetitions, 1_000_000, (seed) => {
      const times = drawExperiment(method, noise, cap, [1, 1], seed)
      // Only a significant comparison can get a strong verdict, so that the others need no interval.
      if (!significantAtAnyLook(method, times)) return false
      return verdictsUntilStop(method, times, false).some((verdict) => verdict === 'slower' || verdict === 'faster')
    }),
}))

const singleLook: Simulation = {
  name: 'A/A, one look at n = 20 at 5 %',
  repetitions: 2000,
  fullRepetitions: 20_000,
  bounds: (repetitions) => ({
    least: Math.floor(0.05 * repetitions - 3.1 * Math.sqrt(0.0475 * repetitions)),
    most: atMost(0.05)(repetitions).most,
  }),
  count: (method, repetitions) =>
    countOf(repetitions, 2_000_000, (seed) => {
      const [a, b] = drawExperiment(method, iid, 20, [1, 1], seed).map(method.toNanoLogs)
      return method.blockSwapTest(a as Float64Array, b as Float64Array).p <= 0.05
    }),
}

/**
 * Equal centres, six times the spread: the rank sum alone would reject 7 to 9 % of these, with the guard at most 5.7 %.
 */
const unequalSpread: Simulation = {
  name: 'equal centres, spreads 1 : 6, one look at n = 20 at 5 %',
  repetitions: 2000,
  fullRepetitions: 20_000,
  bounds: atMost(0.057),
  count: (method, repetitions) =>
    countOf(repetitions, 2_500_000, (seed) => {
      const [a, b] = unequalPair(method, seed)
      return method.testPaired(a, b).p <= 0.05
    }),
}

function unequalPair(method: Method, seed: number): [Float64Array, Float64Array] {
  const draws = new Draws(seed, 11)
  const times = (spread: number) => Float64Array.from({ length: 20 }, () => 100 * Math.exp(spread * draws.normal()))
  return [method.toNanoLogs(times(0.01)), method.toNanoLogs(times(0.06))]
}

const coverage: readonly Simulation[] = [
  ...[10, 20, 40].map((blocks) => ({ blocks, noise: iid, name: 'iid' })),
  { blocks: 20, noise: spikes, name: 'spikes' },
].map(({ blocks, noise, name }) => ({
  name: `95 % interval covers ×1.05, n = ${blocks}, ${name}`,
  repetitions: 2000,
  fullRepetitions: 10_000,
  bounds: atLeast(0.95),
  count: (method, repetitions) =>
    countOf(repetitions, 3_000_000, (seed) => {
      const [a, b] = drawExperiment(method, noise, blocks, [1, 1.05], seed).map(method.toNanoLogs)
      const { low, high } = method.blockSwapInterval(a as Float64Array, b as Float64Array, 0.05)
      const truth = Math.log(1.05) * 1e9
      return low !== null && high !== null && low <= truth && truth <= high
    }),
}))

const power: readonly Simulation[] = [
  { noise: iid, name: 'iid', slower: 1980, strong: 1880 },
  { noise: spikes, name: 'spikes', slower: null, strong: 1600 },
].flatMap(({ noise, name, slower, strong }) => {
  const simulate = (least: number, what: string, wanted: readonly string[]): Simulation => ({
    name: `×1.05, ${name}, cap 40: verdict ${what}`,
    repetitions: 2000,
    fullRepetitions: 10_000,
    bounds: (repetitions) => ({ least: Math.floor((least * repetitions) / 2000), most: repetitions }),
    count: (method, repetitions) =>
      countOf(repetitions, 4_000_000, (seed) => {
        const times = drawExperiment(method, noise, cap, [1, 1.05], seed)
        return wanted.includes(verdictsUntilStop(method, times).at(-1) ?? '')
      }),
  })
  return [
    ...(slower === null ? [] : [simulate(slower, 'slower of either kind', ['slower', 'slower-maybe-negligible'])]),
    simulate(strong, 'slower', ['slower']),
  ]
})

const edge: readonly Simulation[] = [0.01, 0.03].map((spread) => ({
  name: `×1.02 (edge of indifference), ${spread * 100} %: verdict equivalent`,
  repetitions: 2000,
  fullRepetitions: 10_000,
  bounds: (repetitions) => ({ least: 0, most: Math.ceil((60 * repetitions) / 2000) }),
  count: (method, repetitions) =>
    countOf(repetitions, 5_000_000, (seed) => {
      const times = drawExperiment(method, independent(spread), cap, [1, 1 + rope], seed)
      return verdictsUntilStop(method, times, false).includes('equivalent')
    }),
}))

const family: Simulation = {
  name: 'A/A of four variants: any of three comparisons significant',
  repetitions: 2000,
  fullRepetitions: 20_000,
  bounds: atMost(0.05),
  count: (method, repetitions) =>
    countOf(repetitions, 6_000_000, (seed) =>
      significantAtAnyLook(method, drawExperiment(method, iid, cap, [1, 1, 1, 1], seed)),
    ),
}

/** Overdispersed counts of 300 functions of log-normal size over ten blocks of two profiles. */
function drawProfiles(seed: number, functions: number, blocks: number): [Float64Array[], Float64Array[]] {
  const draws = new Draws(seed, 99)
  const sizes = Float64Array.from({ length: functions }, () => Math.exp(2 + 1.3 * draws.normal()))
  const profile = () => sizes.map((size) => draws.poisson(size * Math.max(0, 1 + 0.1 * draws.normal())))
  const rows = (): Float64Array[] => Array.from({ length: blocks }, profile)
  return [rows(), rows()]
}

const profiles: readonly Simulation[] = (['changed', 'proven'] as const).map((flag) => ({
  name: `A/A flame graphs, 300 functions, 10 blocks: any ${flag}`,
  repetitions: 2000,
  fullRepetitions: 10_000,
  bounds: atMost(0.05),
  count: (method, repetitions) =>
    countOf(repetitions, 7_000_000, (seed) => {
      const [baseline, candidate] = drawProfiles(seed, 300, 10)
      return method.compareProfiles(baseline, candidate).functions.some((entry) => entry[flag])
    }),
}))

const history: readonly Simulation[] = [
  {
    name: 'history of 60 unchanged points: any change point',
    repetitions: 300,
    fullRepetitions: 2000,
    bounds: (repetitions) => ({ least: 0, most: Math.ceil((12 * repetitions) / 300) }),
    count: (method, repetitions) =>
      countOf(repetitions, 8_000_000, (seed) => {
        const draws = new Draws(seed, 5)
        const points = Float64Array.from({ length: 60 }, () => 100 + draws.normal())
        return method.detectChangePoints(points, { seed }).length > 0
      }),
  },
  {
    name: 'history of 60 points, step of 2σ at 30: found within ±3',
    repetitions: 300,
    fullRepetitions: 2000,
    bounds: (repetitions) => ({ least: Math.floor(0.85 * repetitions), most: repetitions }),
    count: (method, repetitions) =>
      countOf(repetitions, 9_000_000, (seed) => {
        const draws = new Draws(seed, 6)
        const points = Float64Array.from({ length: 60 }, (_, index) => 100 + draws.normal() + (index >= 30 ? 2 : 0))
        return method.detectChangePoints(points, { seed }).some(({ index }) => Math.abs(index - 30) <= 3)
      }),
  },
]

/** Methods that are known to be wrong: if the harness lets them pass, it sees nothing. */
const negativeControls: readonly Simulation[] = [
  {
    name: 'must fail: A…AB…B in sequence with Mann–Whitney, drift 6 %',
    repetitions: 2000,
    fullRepetitions: 2000,
    bounds: (repetitions) => ({ least: Math.floor((1500 * repetitions) / 2000), most: repetitions }),
    count: (method, repetitions) =>
      countOf(repetitions, 1_000_000, (seed) => {
        // Forty trials in sequence, the first twenty of one variant and the rest of the other.
        const logs = drift(new Draws(seed, 77), 40, 2)
        const times = logs.map((log) => 100 * Math.exp(log))
        return (method.mannWhitneyTest(times.subarray(0, 20), times.subarray(20))?.p ?? 1) <= 0.05
      }),
  },
  {
    name: 'must fail: a look after every block from 6 to 40 at 5 %',
    repetitions: 2000,
    fullRepetitions: 2000,
    bounds: (repetitions) => ({ least: Math.floor((380 * repetitions) / 2000), most: repetitions }),
    count: (method, repetitions) =>
      countOf(repetitions, 1_000_000, (seed) => {
        const [a, b] = drawExperiment(method, iid, cap, [1, 1], seed).map(method.toNanoLogs) as [
          Float64Array,
          Float64Array,
        ]
        for (let blocks = 6; blocks <= cap; blocks++) {
          if (method.blockSwapTest(a.subarray(0, blocks), b.subarray(0, blocks)).p <= 0.05) return true
        }
        return false
      }),
  },
  {
    name: 'must fail: the rank sum without its guard, spreads 1 : 6',
    repetitions: 2000,
    fullRepetitions: 20_000,
    bounds: (repetitions) => ({ least: Math.floor(0.06 * repetitions), most: repetitions }),
    count: (method, repetitions) =>
      countOf(repetitions, 2_500_000, (seed) => {
        const [a, b] = unequalPair(method, seed)
        return method.blockSwapTest(a, b).p <= 0.05
      }),
  },
  {
    name: 'must fail: ABAB in strict alternation with the block-swap test, period 2',
    repetitions: 2000,
    fullRepetitions: 2000,
    bounds: (repetitions) => ({ least: Math.floor((1900 * repetitions) / 2000), most: repetitions }),
    count: (method, repetitions) =>
      countOf(repetitions, 1_000_000, (seed) => {
        const period = noiseModels['period 2 +5 %'] as (typeof noiseModels)[string]
        const [a, b] = arrange(period, 20, [1, 1], seed, () => [0, 1]).map(method.toNanoLogs)
        return method.blockSwapTest(a as Float64Array, b as Float64Array).p <= 0.05
      }),
  },
]

/** Everything that is promised about error rates and power, in the order in which it is reported. */
export const simulations: readonly Simulation[] = [
  ...unchanged,
  ...strongOfUnchanged,
  singleLook,
  unequalSpread,
  ...coverage,
  ...power,
  ...edge,
  family,
  ...profiles,
  ...history,
  ...negativeControls,
]
