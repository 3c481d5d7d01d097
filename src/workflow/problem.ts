import type { Diagnostic, Place } from '../base/index.ts'

/** An error in a workflow as a diagnostic, at the place of the declaration that it belongs to. */
export function problemAt(place: Place | undefined, code: string, message: string, mend: string): Diagnostic {
  return { severity: 'error', code, message, ...(place ? { place } : {}), mend }
}
