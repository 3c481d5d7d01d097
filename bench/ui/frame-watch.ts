import type { Page } from '@playwright/test'

/** What was seen of a page's frames between two moments, in milliseconds. */
export interface Frames {
  /** From frame to frame. */
  readonly deltas: readonly number[]
  /** Spent in drawing, of frames that drew. */
  readonly draws: readonly number[]
  /** Tasks of the page's thread that took longer than 50 ms. */
  readonly longTasks: readonly number[]
}

/** Runs in the page. As text, because the types of a page are not those of Node. */
const watcher = `
  const watch = { deltas: [], draws: [], longTasks: [] }
  globalThis.frameWatch = watch
  let last = 0
  const follow = (now) => {
    if (last > 0) watch.deltas.push(now - last)
    last = now
    requestAnimationFrame(follow)
  }
  requestAnimationFrame(follow)
  document.addEventListener('timeline-draw', (event) => watch.draws.push(event.detail))
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
`

const taker = `(() => {
  const { deltas, draws, longTasks } = globalThis.frameWatch
  Object.assign(globalThis.frameWatch, { deltas: [], draws: [], longTasks: [] })
  return { deltas, draws, longTasks }
})()`

/** Begins to watch the frames of a page, before it is opened. What draws tells its milliseconds by the event `timeline-draw`. */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript({ content: `(() => {${watcher}})()` })
}

/** What was seen since the last time; begins anew. */
export function takeFrames(page: Page): Promise<Frames> {
  return page.evaluate<Frames>(taker)
}

/** How often something was drawn since the last time. */
export function countDraws(page: Page): Promise<number> {
  return page.evaluate<number>('globalThis.frameWatch.draws.length')
}

/** One line of a table: `p50 · p95 · max` of frames and of draws, and the tasks that were too long. */
export function describeFrames(name: string, { deltas, draws, longTasks }: Frames): string {
  const long = longTasks.filter((task) => task > 100)
  const tasks = long.length === 0 ? 'no task over 100 ms' : `tasks over 100 ms: ${long.map(Math.round).join(', ')}`
  return `${name.padEnd(30)} frame ${spread(deltas)}   draw ${spread(draws)}   ${tasks}`
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return 'no data'
  const at = (share: number) => percentile(values, share).toFixed(1).padStart(5)
  return `${at(0.5)} · ${at(0.95)} · ${at(1)} ms (${values.length})`
}

/** Nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
