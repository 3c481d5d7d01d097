/** Where in a file something is: path as the user would write it, line and column counted from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** Something wrong or doubtful in an input, as data: what it is, where, and how to mend it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  /** Stable and dotted, as in `StrobeError`. */
  readonly code: string
  readonly message: string
  readonly place?: Place
  /** One sentence that says what to type instead. */
  readonly mend?: string
}

/** A diagnostic as one line for a terminal or a log: `file:3:5 error workflow.unknown-node: … (mend)`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { place } = diagnostic
  const where = place ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(':') : ''
  const mend = diagnostic.mend ? ` ${diagnostic.mend}` : ''
  return `${where}${where ? ' ' : ''}${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}${mend}`
}
