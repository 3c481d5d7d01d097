/** What follows when the engine's process ended without being told to. */
export type CrashDecision =
  | { readonly action: 'restart' /** Milliseconds to wait before. */; readonly delay: number }
  | { readonly action: 'give-up'; readonly sentence: string }

/** Crashes are counted that are not older than this, in milliseconds. */
const memory = 60_000
/** Milliseconds before the first restart, the second and so on; a crash beyond them is one too many. */
const delays = [0, 500, 2000, 5000]

/**
 * Decides what to do after a crash. `crashes` holds when the engine crashed, in milliseconds, this crash included. An
 * engine that keeps dying is not started for ever: what kills it would be hidden, and the machine kept busy.
 */
export function decideAfterCrash(crashes: readonly number[], now: number): CrashDecision {
  const recent = crashes.filter((at) => now - at < memory).length
  const delay = delays[Math.max(0, recent - 1)]
  if (delay !== undefined) return { action: 'restart', delay }
  const sentence = `The engine stopped ${recent} times within a minute and was not started again. Everything that was measured until then is kept.`
  return { action: 'give-up', sentence }
}
