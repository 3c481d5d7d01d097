/** Wall-clock time in milliseconds since 1970, passed in where logic is tested. */
export type Clock = () => number

/** A uniformly random number in [0, 1), passed in where logic is tested. */
export type RandomSource = () => number
