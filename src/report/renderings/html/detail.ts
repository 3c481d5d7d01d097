/** How much of a report is drawn: a file must stay small enough to send, whatever was measured. */
export interface Detail {
  /** Runs with pictures of their own. */
  readonly runs: number
  /** Runs that are drawn side by side. */
  readonly compared: number
  /** Trials that have a row in the table, a link and a tooltip. */
  readonly trials: number
}

/** From all there is to what any report can afford. The first that keeps the file small enough is taken. */
export const details: readonly Detail[] = [
  { runs: 4, compared: 3, trials: 1500 },
  { runs: 1, compared: 2, trials: 400 },
  { runs: 0, compared: 1, trials: 50 },
]

/** Characters of a file that mail and chat still take. */
export const mostCharacters = 1_400_000
