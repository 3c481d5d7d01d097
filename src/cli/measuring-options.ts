import { choice, parsed, parseSampleInterval, parseTime } from './values.ts'

/** How much to measure; of every command that makes an experiment. */
export const presetOption = choice('--preset <name>', 'how much to measure (default: standard)', [
  'quick',
  'standard',
  'rigorous',
])

export const samplesOption = parsed(
  '--samples [µs]',
  'take CPU samples, one in so many microseconds',
  parseSampleInterval,
  '1000',
)

export const timeBudgetOption = parsed(
  '--time-budget <duration>',
  'stop at the first look after this time, such as 2min',
  parseTime,
)

export const disturbedOption = choice(
  '--disturbed <what>',
  'discard disturbed blocks, or flag them (default with --preset quick)',
  ['discard', 'flag'],
)
