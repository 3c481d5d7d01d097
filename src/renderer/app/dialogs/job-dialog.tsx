import { useStore } from 'zustand'
import { type ErrorRecord, formatDuration } from '../../../base/index.ts'
import { closeDialog, type OpenDialog } from '../../state/dialogs.ts'
import { routeOfJob } from '../../state/jobs.ts'
import { sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { copyText } from '../../widgets/copy-text.ts'
import { Dialog } from '../../widgets/dialog.tsx'
import { Link } from '../../widgets/link.tsx'
import './job-dialog.css'

/** What became of a job: what went wrong and what to do, or what there is to do by hand. */
export default function JobDialog({ id }: Extract<OpenDialog, { kind: 'job' }>) {
  const job = useStore(sessionStore, ({ jobs }) => jobs.get(id))
  if (!job) return null
  const { error, result, title, status, startedAt, endedAt } = job
  const route = routeOfJob(job)
  const stack = error?.stack
  const took = endedAt === null ? undefined : formatDuration((endedAt - startedAt) * 1e6)
  const causes = causesOf(error)
  return (
    <Dialog
      title={title}
      description={`${status}${took ? ` after ${took}` : ''}`}
      onClose={() => closeDialog()}
      footer={
        <>
          {error && (
            <Button onClick={() => void copyText([error.code, error.message, stack].filter(Boolean).join('\n'))}>
              Copy the error
            </Button>
          )}
          {route && (
            <Link className="button" to={route} onClick={() => closeDialog()}>
              Look at what was measured
            </Link>
          )}
        </>
      }
    >
      {error && (
        <div className="job-error">
          <p>{error.message}</p>
          {causes.map((cause) => (
            <p key={cause} className="quiet">
              Because: {cause}
            </p>
          ))}
          <code className="quiet">{error.code}</code>
        </div>
      )}
      {result.byHand && <p>{result.byHand}</p>}
      {result.diff && <pre className="job-text">{result.diff}</pre>}
      {stack && (
        <details>
          <summary>Where it was thrown</summary>
          <pre className="job-text">{stack}</pre>
        </details>
      )}
    </Dialog>
  )
}

/** What an error came from, where that says more than the error itself does. */
function causesOf(error: ErrorRecord | undefined): string[] {
  if (!error?.cause) return []
  const { message } = error.cause
  return [...(error.message.includes(message) ? [] : [message]), ...causesOf(error.cause)]
}
