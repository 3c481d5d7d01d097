// Simulates experiments to measure the error rates and the power of the statistics, and prints them.
//   node scripts/simulate.ts            as the test-suite runs them
//   node scripts/simulate.ts --full     with all repetitions (about six minutes)
//   node scripts/simulate.ts drift      only simulations whose name holds a word
// Exits with 1 when a figure is outside its band.
import * as statistics from '../src/statistics/index.ts'
import { runSimulation } from '../test/statistics/simulation/simulation.ts'
import { simulations } from '../test/statistics/simulation/simulations.ts'

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const full = process.argv.includes('--full')
const chosen = simulations.filter(({ name }) => words.every((word) => name.includes(word)))
if (chosen.length === 0) {
  console.error('No simulation has such a name.')
  process.exit(1)
}

let failed = 0
const start = performance.now()
for (const simulation of chosen) {
  const begun = performance.now()
  const outcome = runSimulation(simulation, statistics, full ? simulation.fullRepetitions : simulation.repetitions)
  const { name, count, repetitions, least, most, passes } = outcome
  const share = `${((100 * count) / repetitions).toFixed(2)} %`.padStart(9)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const counts = `${count}/${repetitions} (allowed ${least}–${most})`.padEnd(36)
  console.log(`${passes ? 'ok  ' : 'FAIL'} ${share}  ${counts} ${seconds.padStart(6)} s  ${name}`)
  if (!passes) failed++
}
console.log(
  `${chosen.length} simulations, ${failed} outside their band, ${((performance.now() - start) / 1000).toFixed(0)} s`,
)
process.exit(failed === 0 ? 0 : 1)
