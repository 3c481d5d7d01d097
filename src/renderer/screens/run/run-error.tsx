import { useStore } from 'zustand'
import type { RunRecord } from '../../../trace/index.ts'
import { select } from '../../state/route.ts'
import { sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import type { RunSummaryNumbers } from '../../workers/topics/summary.ts'
import { messagesOf, placeOfError } from './error-place.ts'
import { changeSelection } from './use-selection.ts'

interface RunErrorProps {
  readonly record: RunRecord
  readonly advice: string
  readonly whole: RunSummaryNumbers | null
}

/** Why a run did not finish, what to do, and the way to where it happened. All of it is text, whatever it holds. */
export function RunError({ record, advice, whole }: RunErrorProps) {
  const workspace = useStore(sessionStore, ({ studio }) => studio?.workspace?.path ?? '')
  const { error } = record
  const place = error ? placeOfError(error, workspace) : null
  const failed = whole?.firstFailed ?? null
  return (
    <div className="run-error" role="alert">
      <div className="run-error-words">
        {error && messagesOf(error).map((message) => <p key={message}>{message}</p>)}
        {advice !== '' && <p className="quiet">{advice}</p>}
        {error?.stack && (
          <details>
            <summary className="quiet">Stack ({error.code})</summary>
            <pre>{error.stack}</pre>
          </details>
        )}
      </div>
      <div className="run-error-actions">
        {place && (
          <Button onClick={() => select({ tab: 'source', file: place.file, line: String(place.line) })}>
            {place.file}:{place.line}
          </Button>
        )}
        {failed !== null && <Button onClick={() => changeSelection({ span: failed })}>Show in the timeline</Button>}
      </div>
    </div>
  )
}
