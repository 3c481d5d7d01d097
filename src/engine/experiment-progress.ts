import type { ExperimentRecord } from '../analysis/index.ts'
import { formatChange, type ProgressUpdate } from '../base/index.ts'

/** Where an experiment is: trials done of those up to the next stop that is certain, which is the cap. */
export function experimentProgress(
  record: ExperimentRecord,
  block: number,
  position: number,
  detail: string,
): ProgressUpdate {
  const { plan, settings, blocks } = record
  const arms = settings.variants.length + (plan.controlArm ? 1 : 0)
  const message = block < 0 ? 'warm-up block' : `block ${block + 1} of at most ${plan.cap}`
  return { message, done: blocks.length * arms + position, total: (plan.cap + 1) * arms, ...(detail ? { detail } : {}) }
}

/** The estimates so far, without verdict or interval: between looks there is none. */
export function describeEstimates({ look, settings }: ExperimentRecord): string {
  if (!look) return ''
  const ratios = look.kind === 'pending' ? look.estimates : look.candidates.map(({ estimate }) => estimate)
  const parts = ratios.map((ratio, place) => {
    const name = settings.variants[place + 1]?.name ?? ''
    return ratio === null ? `${name} …` : `${name} ${formatChange(ratio)}`
  })
  const next = look.nextLook === null ? '' : ` · next verdict at block ${look.nextLook}`
  return parts.join(', ') + next
}
