import { codeOf } from '../../../base/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { Problem } from '../../widgets/problem.tsx'

/** What kept something from being measured, and the way on that there is. */
export function StartProblem({ error, title }: { readonly error: Error | null; readonly title: string }) {
  const client = useClient()
  if (!error) return null
  const code = codeOf(error, '')
  if (code === 'studio.untrusted') {
    const action = <Button onClick={() => openDialog({ kind: 'trust' })}>Trust this folder…</Button>
    return <Problem title={title} error={error} action={action} />
  }
  const going = code === 'studio.busy' ? activeJob(sessionStore.getState()) : undefined
  if (going) {
    const action = (
      <Button onClick={() => void client.call('jobs.cancel', { id: going.id })}>Cancel “{going.title}”</Button>
    )
    return <Problem title={title} error={error} action={action} />
  }
  return <Problem title={title} error={error} />
}
