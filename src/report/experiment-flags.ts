import { comparisonsOf, type ExperimentRecord, experimentCautions } from '../analysis/index.ts'
import { formatCount } from '../base/index.ts'
import type { Flag } from './model.ts'

/** What a reader should know before believing an experiment's numbers. */
export function flagsOf(record: ExperimentRecord): Flag[] {
  const flags: Flag[] = []
  const note = (text: string) => flags.push({ severity: 'note', text })
  const warn = (text: string) => flags.push({ severity: 'warning', text })
  const { look, status, stop, environment, blocks, settings } = record
  const baseline = settings.variants[0]?.name ?? 'baseline'

  if (status === 'running') note('The experiment is still running: these are not its last numbers.')
  if (status === 'interrupted') warn('The studio went away in the middle: only what was finished before counts.')
  if (stop === 'too-noisy') warn('The machine was too busy with other things to go on: too many blocks were disturbed.')
  if (stop === 'cancelled' || stop === 'time-budget') {
    note(
      look?.kind === 'look'
        ? 'It ended before its plan did; the verdict is that of the last planned look, so it is valid all the same.'
        : 'It ended before the first look of its plan: there is no verdict.',
    )
  }
  if (look?.kind === 'look' && look.control?.differs) {
    warn(`${baseline} differs from itself in this session: no verdict can be relied on.`)
  }
  for (const { name, state, verdict } of comparisonsOf(record)) {
    if (!state) continue
    const { baseline: own, candidate } = state.failures
    if (own + candidate > 0) warn(`${name}: failed trials: ${candidate} of its own, ${own} of ${baseline}.`)
    // The rest is about how far to believe a gain, and another result has none.
    if (verdict === 'different-result') continue
    if (state.mayBeInflated) note(`${name}: significant at the first look already; early stops exaggerate the size.`)
    if (state.noisier !== null) {
      const [more, less] = state.noisier === 'candidate' ? [name, baseline] : [baseline, name]
      warn(`${name}: ${more} is more than three times noisier than ${less}; both tests had to agree.`)
    }
    if (state.crossCheck.disagrees) warn(`${name}: the signed-rank test disagrees with the primary test.`)
    if (state.detectable) note(`${name}: it differs detectably, by less than the region of indifference.`)
  }
  const measured = blocks.filter(({ warmUp }) => !warmUp)
  const invalid = measured.filter(({ invalidated }) => invalidated !== undefined).length
  if (invalid > 0) note(`Invalidated blocks: ${formatCount(invalid)} of ${formatCount(measured.length)}.`)
  flags.push(...experimentCautions(record))
  if (environment?.git?.dirty)
    note(`The source had changes that were not committed, on top of ${environment.git.commit.slice(0, 12)}.`)
  return flags
}
