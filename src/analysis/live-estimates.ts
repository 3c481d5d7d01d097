import { formatChange, formatCount } from '../base/index.ts'
import type { ExperimentRecord } from './experiment-record.ts'

/** Where an experiment stands between two looks: to be shown in grey, without interval and verdict. */
export interface LiveEstimates {
  /** Blocks that count so far. */
  readonly blocks: number
  /** Blocks at the next verdict; `null` where the plan has no further look. */
  readonly nextLook: number | null
  /** By candidate: variant ÷ baseline; `null` where there is no estimate, or another result. */
  readonly estimates: ReadonlyArray<{ readonly variant: number; readonly name: string; readonly ratio: number | null }>
}

/** What is known before the first look and behind the latest; `null` where the look has it all. */
export function liveEstimatesOf({ live, look, settings, results, stop }: ExperimentRecord): LiveEstimates | null {
  if (!live || !look || (look.kind === 'look' && live.blocks === look.blocks)) return null
  const different = new Set(results.differences.map(({ variant }) => variant))
  return {
    blocks: live.blocks,
    // More blocks of what always fails, or computes something else, lead to no verdict.
    nextLook: stop === 'failed' || stop === 'different-results' ? null : look.nextLook,
    estimates: live.estimates.map((ratio, place) => {
      const variant = place + 1
      const name = settings.variants[variant]?.name ?? ''
      return { variant, name, ratio: different.has(variant) ? null : ratio }
    }),
  }
}

/** As a sentence: `Over all 12 blocks, without a verdict: batched −4.9 %; next verdict at block 20.` */
export function liveText({ blocks, nextLook, estimates }: LiveEstimates, isRunning: boolean): string {
  const parts = estimates.map(({ name, ratio }) => `${name} ${ratio === null ? 'no data' : formatChange(ratio)}`)
  const when = isRunning ? 'next verdict at block' : 'the next verdict would come at block'
  const next = nextLook === null ? '' : `; ${when} ${nextLook}`
  const all = `${formatCount(blocks)} ${blocks === 1 ? 'block' : 'blocks'}`
  return `Over all ${all}${isRunning ? ' so far' : ''}, without a verdict: ${parts.join(', ')}${next}.`
}
