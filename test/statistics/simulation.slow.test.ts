import { describe, expect, it } from 'vitest'
import * as statistics from '../../src/statistics/index.ts'
import { runSimulation } from './simulation/simulation.ts'
import { simulations } from './simulation/simulations.ts'

/**
 * Error rates and power of the whole procedure on simulated experiments: seeded, without a clock, with guard bands that
 * a right implementation leaves less than once in a thousand. The last simulations are of methods that are known to be
 * wrong and must be seen to be.
 */
describe('simulated experiments', () => {
  it('are there', () => expect(simulations.length).toBeGreaterThan(25))

  it.each(simulations)('$name', (simulation) => {
    const outcome = runSimulation(simulation, statistics, simulation.repetitions)
    expect(outcome.repetitions).toBeGreaterThan(0)
    const { count, least, most, repetitions } = outcome
    expect(outcome.passes, `${count} of ${repetitions}, allowed ${least} to ${most}`).toBe(true)
  })

  it('give the same counts when run again', () => {
    const [first] = simulations
    if (first === undefined) return expect.fail('there is no simulation')
    expect(runSimulation(first, statistics, 100)).toEqual(runSimulation(first, statistics, 100))
  })
})
