import type { Clock, RandomSource } from './ports.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A new id: 9 characters of time (sortable by creation, milliseconds) and 5 random ones, in Crockford's base 32, so that
 * it can be read aloud and typed. Ids of one kind share a prefix letter: `r` run, `x` experiment, `a` advice.
 */
export function newId(prefix: 'r' | 'x' | 'a' | 'p', clock: Clock, random: RandomSource): string {
  let time = clock()
  let text = ''
  for (let position = 0; position < 9; position++) {
    text = alphabet[time % 32] + text
    time = Math.floor(time / 32)
  }
  for (let position = 0; position < 5; position++) text += alphabet[Math.floor(random() * 32)]
  return prefix + text
}
