import './diagnostics-list.css'
import type { Diagnostic } from '../../../base/index.ts'

/** What is wrong or doubtful in a workflow's file: where, what, and how to mend it. */
export function DiagnosticsList({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  if (diagnostics.length === 0) return null
  return (
    <ul className="diagnostics">
      {diagnostics.map(({ severity, code, message, place, mend }) => (
        <li key={`${code} ${message}`} className={`diagnostics-${severity}`}>
          <strong>{severity === 'error' ? 'Error' : 'Warning'}</strong> {message} {mend}
          <br />
          <code>{[placeText(place), code].filter(Boolean).join(' · ')}</code>
        </li>
      ))}
    </ul>
  )
}

function placeText(place: Diagnostic['place']): string {
  return place ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(':') : ''
}
