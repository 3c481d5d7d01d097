/** A limit that a rule compares with, and its unit in words. */
export interface Threshold {
  readonly value: number
  readonly unit: string
}

/** Every limit of every rule. To change one is to change what is recommended: see it in the tests first. */
export const thresholds = {
  /** A list shorter than this is not worth overlapping, and says too little. */
  leastItems: { value: 5, unit: 'items of one map, or repetitions of one call' },
  /** Overlap brings nothing to what computes. */
  leastWaitShare: { value: 0.5, unit: 'share of the items’ time in which they waited' },
  /** More than this, and the items do overlap. */
  mostOverlap: { value: 1.2, unit: 'items open at once, on average' },
  /** Less is not worth a change. */
  leastGain: { value: 0.05, unit: 'share of the run’s wall time that the best case saves' },
  /** The smallest value that is nearly as good as the best is chosen. */
  kneeWithin: { value: 0.05, unit: 'share of the best wall time that may be lost' },
  /** Rarer than this, and it is not once per item. */
  leastCallsPerItem: { value: 0.8, unit: 'calls of one statement per item' },
  /** More than this, and the lookups do share statements. */
  mostCallsPerStatement: { value: 1.5, unit: 'calls per execution of their statement' },
  /** A model that does not give what was measured predicts nothing. */
  mostReplayError: { value: 0.05, unit: 'share by which the replay may miss the recorded wall time' },
  /** Fewer at either end do not make a line. */
  leastExecutions: { value: 3, unit: 'executions of a statement of the smallest size, and of larger ones' },
  /** Fewer calls at one number in flight say too little about how the service reacts to it. */
  leastCallsInFlight: { value: 5, unit: 'calls served at one number in flight' },
  /** Less hardly moves the worst case. */
  leastHiddenWait: { value: 0.05, unit: 'waiting without a recorded call ÷ wall time, to be named in the basis' },
} as const satisfies Readonly<Record<string, Threshold>>
