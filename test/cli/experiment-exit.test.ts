import { describe, expect, it } from 'vitest'
import { exitOfUnfinished, tooNoisyLines } from '../../src/cli/experiment-exit.ts'
import { sampleExperiment } from './sample-experiment.ts'

describe('how a command ends whose experiment ended early', () => {
  it.each([
    ['finished', 'decided', undefined],
    ['finished', 'different-results', undefined],
    ['finished', 'too-noisy', 'failure'],
    ['stopped', 'too-noisy', 'failure'],
    ['stopped', 'cancelled', 'cancelled'],
    ['failed', 'failed', 'failure'],
    ['interrupted', null, 'failure'],
  ] as const)('%s, %s: %s', (status, stop, exit) => {
    expect(exitOfUnfinished({ status, stop })).toBe(exit)
  })

  it('a busy machine: what to type to get a verdict all the same', () => {
    const record = sampleExperiment(0.8, 3)
    const again = 'strobe apply a1'
    const said = tooNoisyLines({ ...record, stop: 'too-noisy' }, again).join(' ')
    expect(said).toContain('strobe apply a1 --disturbed flag')
    // Where that was so already, it is no way out.
    const flagged = { ...record.settings, disturbed: 'flag' as const }
    expect(tooNoisyLines({ settings: flagged, stop: 'too-noisy' }, again).join(' ')).not.toContain('--disturbed')
    expect(tooNoisyLines(record, again)).toEqual([])
  })
})
