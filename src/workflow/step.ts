const stepSymbol = Symbol.for('strobe.step')

/** What the runtime installs under `Symbol.for('strobe.step')` while it records. */
export type StepRecorder = <Result>(name: string, run: () => Result) => Result

/**
 * Gives a part of your code a name, so that it has a bar of its own in the timeline: `const rows = await step('load',
 * () => load())`. Returns what the function returns. Outside of a run it only calls the function.
 */
export function step<Result>(name: string, run: () => Result): Result {
  const recorder = (globalThis as { [stepSymbol]?: StepRecorder })[stepSymbol]
  return recorder ? recorder(name, run) : run()
}
