import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RandomSource } from '../base/index.ts'

/** Longest meaningless environment variable, in characters: a page of memory. */
const longestPadding = 4095

/** What one trial runs in. */
export interface Surroundings {
  readonly padding: number
  readonly variables: Readonly<Record<string, string>>
  /** Removes the folder. */
  readonly clear: () => void
}

/**
 * Draws what must not be the same for all trials of a variant: the size of the environment, which shifts stacks and
 * changes times by per cents (Mytkowicz et al. 2009), and the folder for temporary files.
 */
export function drawSurroundings(random: RandomSource): Surroundings {
  const padding = Math.floor(random() * (longestPadding + 1))
  const folder = mkdtempSync(join(tmpdir(), 'strobe-trial-'))
  return {
    padding,
    variables: { STROBE_PADDING: 'x'.repeat(padding), TMPDIR: folder, TMP: folder, TEMP: folder },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}
