import type * as statistics from '../../../src/statistics/index.ts'
import { Draws } from './draws.ts'
import type { NoiseModel } from './noise-models.ts'

/** The code under test, handed in: nothing here imports it. */
export type Method = typeof statistics

/** One thing that the method promises, or that a broken method must fail, as a count over seeded repetitions. */
export interface Simulation {
  readonly name: string
  /** Repetitions in the test-suite and with `--full`. */
  readonly repetitions: number
  readonly fullRepetitions: number
  /** The counts that a right implementation stays between, but for one time in a thousand or less. */
  bounds(repetitions: number): { readonly least: number; readonly most: number }
  /** How many of the repetitions had the event. */
  count(method: Method, repetitions: number): number
}

/** What a simulation gave. */
export interface Outcome {
  readonly name: string
  readonly repetitions: number
  readonly count: number
  readonly least: number
  readonly most: number
  readonly passes: boolean
}

export function runSimulation(simulation: Simulation, method: Method, repetitions: number): Outcome {
  const count = simulation.count(method, repetitions)
  const { least, most } = simulation.bounds(repetitions)
  return { name: simulation.name, repetitions, count, least, most, passes: count >= least && count <= most }
}

/** At most `rate`, with a guard band of 3.1 standard deviations of the binomial. 5 % of 2 000 → 131. */
export function atMost(rate: number): Simulation['bounds'] {
  return (repetitions) => ({ least: 0, most: Math.ceil(repetitions * rate + 3.1 * binomialSpread(repetitions, rate)) })
}

/** At least `rate`, with the same guard band. 95 % of 2 000 → 1 869. */
export function atLeast(rate: number): Simulation['bounds'] {
  return (repetitions) => ({
    least: Math.floor(repetitions * rate - 3.1 * binomialSpread(repetitions, rate)),
    most: repetitions,
  })
}

function binomialSpread(repetitions: number, rate: number): number {
  return Math.sqrt(repetitions * rate * (1 - rate))
}

/**
 * Times of `variants` variants over blocks in random order: `[variant][block]`; variant v takes `ratios[v]` times as
 * long.
 */
export function drawExperiment(
  method: Method,
  noise: NoiseModel,
  blocks: number,
  ratios: readonly number[],
  seed: number,
): Float64Array[] {
  const schedule = method.blockSchedule(ratios.length, blocks, seed)
  return arrange(noise, blocks, ratios, seed, (block) => schedule[block] as readonly number[])
}

/** The same times in another order: `orderOf(block)` lists the variants by slot. */
export function arrange(
  noise: NoiseModel,
  blocks: number,
  ratios: readonly number[],
  seed: number,
  orderOf: (block: number) => readonly number[],
): Float64Array[] {
  const width = ratios.length
  const logs = noise(new Draws(seed, 77), blocks * width, width)
  const times = ratios.map(() => new Float64Array(blocks))
  for (let block = 0; block < blocks; block++) {
    orderOf(block).forEach((variant, slot) => {
      const row = times[variant] as Float64Array
      row[block] = 100 * (ratios[variant] as number) * Math.exp(logs[block * width + slot] as number)
    })
  }
  return times
}

/** Counts the repetitions, each with a seed of its own, for which `event` happens. */
export function countOf(repetitions: number, firstSeed: number, event: (seed: number) => boolean): number {
  let count = 0
  for (let repetition = 0; repetition < repetitions; repetition++) if (event(firstSeed + repetition)) count++
  return count
}
