import type { FlameFrame, StackTree } from '../../../analysis/index.ts'

/** What a search found in a flame graph. */
export interface FoundRows {
  /** 1 where the row's function matches. */
  readonly rows: Uint8Array
  /** Functions that match. */
  readonly functions: number
  /** Time in them and in what they called, each stretch counted once, in nanoseconds. */
  readonly time: number
  /** Of all the time, 0 to 1; `null` where there is none. */
  readonly share: number | null
}

/** Whether a function or span has a text in its name, file or `file:line`; the text in lower case. */
export function frameMatches({ name, detail, line }: FlameFrame, wanted: string): boolean {
  return name.toLowerCase().includes(wanted) || `${detail}:${line}`.toLowerCase().includes(wanted)
}

/** Finds functions by a part of their name, file or `file:line`, whatever the case. `null` for an empty search. */
export function searchRows(tree: StackTree<FlameFrame>, text: string): FoundRows | null {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return null
  const matches = Uint8Array.from(tree.frames, (frame) => Number(frameMatches(frame, wanted)))
  const rows = new Uint8Array(tree.parent.length)
  /** Whether the row or one that it stands on matches. */
  const covered = new Uint8Array(tree.parent.length)
  const used = new Uint8Array(tree.frames.length)
  let time = 0
  for (let row = 1; row < rows.length; row++) {
    const frame = tree.frame[row]!
    const base = covered[tree.parent[row]!]!
    rows[row] = matches[frame]!
    covered[row] = base | matches[frame]!
    if (!matches[frame]) continue
    if (tree.inclusive[row]! > 0) used[frame] = 1
    if (base === 0) time += tree.inclusive[row]!
  }
  const total = tree.inclusive[0] ?? 0
  return { rows, functions: used.reduce((sum, one) => sum + one, 0), time, share: total > 0 ? time / total : null }
}
