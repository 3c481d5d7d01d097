import type { ExperimentRecord } from '../analysis/index.ts'
import { formatChange, formatCount, type ProgressUpdate } from '../base/index.ts'

/** Where in its block an experiment is. */
interface BlockPlace {
  readonly warmUp: boolean
  readonly position: number
  /** Blocks that count so far. */
  readonly counted: number
}

/** Where an experiment is: trials done of those up to the next stop that is certain, which is the cap. */
export function experimentProgress(
  { plan, settings, blocks }: ExperimentRecord,
  { warmUp, position, counted }: BlockPlace,
  detail: string,
): ProgressUpdate {
  const arms = settings.variants.length + (plan.controlArm ? 1 : 0)
  const discarded = blocks.filter(({ invalidated }) => invalidated !== undefined).length
  const again = discarded === 0 ? '' : ` (${formatCount(discarded)} disturbed)`
  const message = warmUp ? 'warm-up block' : `block ${counted + 1} of at most ${plan.cap}${again}`
  const left = plan.cap - counted + Number(warmUp)
  const total = (blocks.length + left) * arms
  return { message, done: blocks.length * arms + position, total, ...(detail ? { detail } : {}) }
}

/** The estimates so far, without verdict or interval: between looks there is none. */
export function describeEstimates({ look, live, settings, results }: ExperimentRecord): string {
  if (!look) return ''
  const atLook = look.kind === 'pending' ? look.estimates : look.candidates.map(({ estimate }) => estimate)
  const parts = (live?.estimates ?? atLook).map((ratio, place) => {
    const name = settings.variants[place + 1]?.name ?? ''
    if (results.differences.some(({ variant }) => variant === place + 1)) return `${name}: different result`
    return ratio === null ? `${name} …` : `${name} ${formatChange(ratio)}`
  })
  const next = look.nextLook === null ? '' : ` · next verdict at block ${look.nextLook}`
  return parts.join(', ') + next
}
