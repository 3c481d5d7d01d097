import type { EventLog } from '../../../analysis/index.ts'

/** Rows of a log whose words hold a text, whatever the case; all of them where it is empty. */
export function eventsMatching({ time, name, text, node }: EventLog, search: string): number[] {
  const rows = Array.from(time.keys())
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter((row) =>
    [name[row]!, text[row]!, node[row]!].some((words) => words.toLowerCase().includes(wanted)),
  )
}
