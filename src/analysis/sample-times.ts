import { type FrameOrigin, frameOrigins, type Samples, type Trace } from '../trace/index.ts'
import { textOf } from './span-tree.ts'

/** Column value of each origin of a frame. */
const originIndex = Object.fromEntries(frameOrigins.map((origin, index) => [origin, index])) as Record<
  FrameOrigin,
  number
>

/** True where the thread did nothing: such a sample is no CPU time. */
export function isIdle(samples: Samples, sample: number): boolean {
  const frame = samples.stacks.frame[samples.stack[sample]!]!
  return samples.frames.origin[frame] === originIndex.idle
}

/** CPU time by samples in nanoseconds, by path of the node they belong to; the empty string holds the unattributed. */
export function cpuByNode(trace: Trace, samples: Samples): Map<string, number> {
  const times = new Map<string, number>()
  for (let sample = 0; sample < samples.stack.length; sample++) {
    if (isIdle(samples, sample)) continue
    const path = textOf(trace, samples.node[sample]!)
    times.set(path, (times.get(path) ?? 0) + samples.weight[sample]!)
  }
  return times
}
