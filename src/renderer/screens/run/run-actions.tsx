import { useState } from 'react'
import { useStore } from 'zustand'
import type { ParamsOf } from '../../../protocol/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { notify, reportProblem } from '../../state/notices.ts'
import { goTo } from '../../state/route.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { useStartedJob } from '../workspace/start-job.ts'
import { StartProblem } from '../workspace/start-problem.tsx'

interface RunActionsProps {
  readonly record: RunRecord
  readonly hasTrace: boolean
}

/** What to do with a run: look for advice, compare its variants, make a report, run it again. */
export function RunActions({ record, hasTrace }: RunActionsProps) {
  const client = useClient()
  const [isLooking, setLooking] = useState(false)
  const findAdvice = async () => {
    setLooking(true)
    try {
      const found = await client.call('advice.find', { run: record.id })
      if (found[0]) goTo({ screen: 'advice', id: found[0].id })
      else
        notify({
          kind: 'done',
          title: 'No advice',
          text: `Nothing in this run of ${record.workflow} says what to change.`,
        })
    } catch (error) {
      reportProblem(error, 'The run could not be looked through')
    }
    setLooking(false)
  }
  return (
    <div className="run-actions">
      {hasTrace && record.reason === 'finished' && (
        <Button disabled={isLooking} onClick={() => void findAdvice()}>
          {isLooking ? 'Looking…' : 'Find advice'}
        </Button>
      )}
      <Button onClick={() => openDialog({ kind: 'compare', file: record.file })}>Compare…</Button>
      <Button onClick={() => goTo({ screen: 'report', query: { experiments: '', runs: record.id } })}>Report</Button>
      <RunAgain record={record} />
    </div>
  )
}

interface RunAgainProps {
  readonly record: RunRecord
  /** Records what can be recorded, though this run did not. */
  readonly standard?: boolean
}

/** Runs the workflow again as it was run, and goes there. */
export function RunAgain({ record, standard = false }: RunAgainProps) {
  const job = useStartedJob(() => {})
  const isBusy = useStore(sessionStore, (session) => activeJob(session) !== undefined)
  const capture = standard ? ({ level: 'standard' } as const) : record.capture
  return (
    <>
      <Button
        kind="primary"
        disabled={isBusy || job.starting}
        title={isBusy ? 'Something is being measured' : 'The same variant, params and capture'}
        onClick={() => void job.start(requestOf({ ...record, capture }))}
      >
        {job.starting ? 'Starting…' : 'Run again'}
      </Button>
      {job.error && (
        <div className="run-actions-problem">
          <StartProblem error={job.error} title="It could not be run again" />
        </div>
      )}
    </>
  )
}

function requestOf({ file, variant, patch, params, capture, seed }: RunRecord): ParamsOf<'jobs.start'> {
  return { kind: 'run', file, ...variantOf(variant, patch), params: { ...params }, capture, seed }
}

/** A patch that was typed is no variant that the workflow knows by name. */
function variantOf(
  variant: string,
  patch: RunRecord['patch'],
): { variant?: string; patch?: Record<string, Record<string, unknown>> } {
  return {
    ...(variant === 'baseline' ? {} : { variant }),
    ...(Object.keys(patch).length > 0 ? { patch: { ...patch } } : {}),
  }
}
