import { knob, workflow } from 'strobe'

/** Keeps work whose outcome nobody asks for from being optimised away. */
const discarded = { state: 0 }

/**
 * Bound by the CPU: `grind` does a fixed work, and `percent` of it in all. What goes beyond 100 % is thrown away, so that
 * the result stays the same: 105 plants exactly 5 % more work in that node.
 */
export default workflow('spin', { params: { rounds: 500 } })
  .task('start', { effects: 'pure' }, ({ params }) => 1 + (params.rounds % 1000))
  .task(
    'grind',
    { from: ['start'], effects: 'pure', knobs: { percent: knob.integer(100, { min: 100, max: 200 }) } },
    ({ start, params, knobs }) => {
      const state = grind(start, params.rounds)
      discarded.state = grind(state, Math.round((params.rounds * (knobs.percent - 100)) / 100))
      return state
    },
  )
  .task('finish', { from: ['grind'], effects: 'pure' }, ({ grind: state }) => state.toString(16))
  .result(({ finish }) => finish)

/** So many rounds of a xorshift generator's steps, each round about a tenth of a millisecond. */
function grind(start: number, rounds: number): number {
  let state = start | 0
  for (let step = rounds * 50_000; step > 0; step--) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
  }
  return state
}
