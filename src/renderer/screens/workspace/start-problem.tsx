import { codeOf } from '../../../base/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { cancelActiveJob } from '../../state/jobs.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'

/** What kept something from being measured, and the way on that there is. */
export function StartProblem({ error, title }: { readonly error: Error | null; readonly title: string }) {
  const client = useClient()
  if (!error) return null
  const code = codeOf(error, 'unexpected')
  const going = code === 'studio.busy' ? activeJob(sessionStore.getState()) : undefined
  return (
    <div className="start-problem" role="alert">
      <p>
        <strong>{title}</strong> {error.message} <code className="quiet">{code}</code>
      </p>
      {code === 'studio.untrusted' && <Button onClick={() => openDialog({ kind: 'trust' })}>Trust this folder…</Button>}
      {going && <Button onClick={() => void cancelActiveJob(client)}>Cancel “{going.title}”</Button>}
    </div>
  )
}
