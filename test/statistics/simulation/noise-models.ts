import type { Draws } from './draws.ts'

/**
 * What disturbs trials in the order in which they run: the log factor on each slot of an experiment of blocks of
 * `width` slots.
 */
export type NoiseModel = (draws: Draws, slots: number, width: number) => Float64Array

const sigma = 0.03

function noisy(draws: Draws, slots: number, disturb: (slot: number) => number): Float64Array {
  return Float64Array.from({ length: slots }, (_, slot) => sigma * draws.normal() + disturb(slot))
}

/** Independent normal noise of a given relative spread. */
export function independent(spread: number): NoiseModel {
  return (draws, slots) => Float64Array.from({ length: slots }, () => spread * draws.normal())
}

/** The nine models; names as in the figures that are reported. */
export const noiseModels: Readonly<Record<string, NoiseModel>> = {
  'iid 3 %': independent(sigma),
  'spikes 10 %': (draws, slots) =>
    noisy(draws, slots, () => (draws.uniform() < 0.1 ? Math.log(draws.pareto(1.5)) + 0.1 : 0)),
  bimodal: (draws, slots) => noisy(draws, slots, () => (draws.uniform() < 0.4 ? Math.log(1.12) : 0)),
  'AR(1) 0.6': (draws, slots) => {
    let state = sigma * draws.normal()
    return Float64Array.from({ length: slots }, () => {
      state = 0.6 * state + 0.8 * sigma * draws.normal()
      return state
    })
  },
  'drift 6 %': (draws, slots) => noisy(draws, slots, (slot) => (0.06 * slot) / slots),
  'step +5 %': (draws, slots) => {
    const start = Math.floor(slots * draws.uniform())
    return noisy(draws, slots, (slot) => (slot >= start ? Math.log(1.05) : 0))
  },
  'burst +15 %': (draws, slots) => {
    const start = Math.floor(0.8 * slots * draws.uniform())
    return noisy(draws, slots, (slot) => (slot >= start && slot < start + 0.2 * slots ? Math.log(1.15) : 0))
  },
  'period 2 +5 %': (draws, slots) => noisy(draws, slots, (slot) => (slot % 2 === 1 ? Math.log(1.05) : 0)),
  'position +2 %': (draws, slots, width) => noisy(draws, slots, (slot) => (slot % width === 0 ? Math.log(1.02) : 0)),
}
