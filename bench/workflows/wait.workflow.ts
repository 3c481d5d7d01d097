import { setTimeout as wait } from 'node:timers/promises'
import { knob, workflow } from 'strobe'

/** Waits and computes nothing: what a workflow looks like whose time is all network. */
export default workflow('wait', { params: { pauses: 12, milliseconds: 5 } })
  .task('list', { effects: 'pure' }, ({ params }) => Array.from({ length: params.pauses }, (_, place) => place))
  .map(
    'pauses',
    { over: 'list', effects: 'pure', knobs: { concurrency: knob.integer(1, { min: 1, max: 16 }) } },
    async (place, { params }) => {
      await wait(params.milliseconds)
      return place
    },
  )
  .result(({ pauses }) => pauses)
