import { lazy, Suspense, useState } from 'react'
import { useStore } from 'zustand'
import { type ExperimentRecord, liveText } from '../../../analysis/index.ts'
import type { ExperimentSection } from '../../../report/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { notify, reportProblem } from '../../state/notices.ts'
import { goTo } from '../../state/route.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { hasMoreLooks, nextStep } from './experiment-words.ts'

const HistoryDialog = lazy(() => import('../workspace/history-dialog.tsx'))

interface ExperimentHeaderProps {
  readonly record: ExperimentRecord
  readonly section: ExperimentSection
}

/** The answer in a sentence, what to do next, and what can be done here. */
export function ExperimentHeader({ record, section }: ExperimentHeaderProps) {
  const { live, status, workflow, design, startedAt, ended, recommendation } = section
  const best = section.ranking.find(({ baseline }) => !baseline)
  const { contenders } = section
  const next = nextStep(section, record)
  return (
    <header className="experiment-header">
      <div className="experiment-header-line">
        <h1>{best?.sentence ?? section.question}</h1>
        {status !== 'finished' && <Badge {...(status === 'failed' ? { kind: 'failed' as const } : {})}>{status}</Badge>}
        <Actions record={record} section={section} />
      </div>
      {(contenders || next || recommendation) && (
        <p>
          {contenders} {next && <span className="experiment-header-next">{next}</span>}{' '}
          {recommendation && <Link to={{ screen: 'advice', id: recommendation }}>The advice that it is about</Link>}
        </p>
      )}
      {/* Estimates between looks: quiet, and without an interval, as there is no verdict in them. */}
      {live && <p className="quiet">{liveText(live, status === 'running')}</p>}
      <p className="quiet">
        {workflow} · {design.unit} · {design.preset} · <Moment at={startedAt} />
        {ended && ` · ended: ${ended}`}
      </p>
    </header>
  )
}

function Actions({ record, section }: ExperimentHeaderProps) {
  const { status, workflow } = section
  const client = useClient()
  const busy = useStore(sessionStore, (session) => activeJob(session) !== undefined)
  const trusted = useStore(sessionStore, ({ studio }) => studio?.workspace?.trusted === true)
  const [isLooking, setLooking] = useState(false)
  const [hasHistory, setHistory] = useState(false)
  const isWorkflow = record.settings.commands === undefined
  const ended = status !== 'running'
  const canGoOn = hasMoreLooks(section)
  const extend = async () => {
    if (!trusted) return openDialog({ kind: 'trust' })
    try {
      await client.call('jobs.start', { kind: 'extend', id: record.id })
    } catch (error) {
      reportProblem(error, 'It could not be measured further')
    }
  }
  const advise = async () => {
    setLooking(true)
    try {
      const found = await client.call('advice.find', { experiment: record.id })
      if (found[0]) goTo({ screen: 'advice', id: found[0].id })
      else
        notify({
          kind: 'done',
          title: 'No advice',
          text: `Nothing in these trials of ${workflow} says what to change.`,
        })
    } catch (error) {
      reportProblem(error, 'The trials could not be looked through')
    }
    setLooking(false)
  }
  return (
    <div className="experiment-header-actions">
      <Button
        onClick={() => void extend()}
        disabled={!ended || busy || !canGoOn}
        title={
          busy
            ? 'Something is being measured'
            : canGoOn
              ? 'Measure up to the next look of its plan'
              : 'Its plan has no further look: a new experiment with a larger preset has'
        }
      >
        Measure more
      </Button>
      {isWorkflow && (
        <Button onClick={() => void advise()} disabled={!ended || isLooking}>
          {isLooking ? 'Looking…' : 'Find advice'}
        </Button>
      )}
      {isWorkflow && <Button onClick={() => setHistory(true)}>History…</Button>}
      <Button
        onClick={() => goTo({ screen: 'report', query: { experiments: record.id } })}
        disabled={!ended}
        title={ended ? 'A report of this experiment' : 'As soon as it has ended'}
      >
        Report
      </Button>
      {hasHistory && (
        <Suspense fallback={null}>
          <HistoryDialog workflow={workflow} onClose={() => setHistory(false)} />
        </Suspense>
      )}
    </div>
  )
}
