import { useState } from 'react'
import { useStore } from 'zustand'
import { type ExperimentRecord, liveText } from '../../../analysis/index.ts'
import type { ExperimentSection } from '../../../report/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { goTo } from '../../state/route.ts'
import { activeJob, sessionStore } from '../../state/session.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Problem } from '../../widgets/problem.tsx'

interface ExperimentHeaderProps {
  readonly record: ExperimentRecord
  readonly section: ExperimentSection
}

/** The answer in a sentence, and what to do with it. */
export function ExperimentHeader({ record, section }: ExperimentHeaderProps) {
  const [best, ...others] = inOrder(section)
  return (
    <header className="experiment-header">
      <div className="experiment-header-line">
        <h1>{best ?? section.question}</h1>
        {section.status !== 'finished' && <Badge>{section.status}</Badge>}
      </div>
      {others.length > 0 && <p>{others.join(' ')}</p>}
      <Live section={section} />
      <div className="experiment-header-line">
        <span className="quiet">
          {section.workflow} · {section.design.unit} · {section.design.preset} · <Moment at={section.startedAt} />
          {section.ended && ` · ended: ${section.ended}`}
        </span>
        <Actions record={record} section={section} />
      </div>
    </header>
  )
}

/** The sentences of the verdicts, that on the best variant first. */
function inOrder({ ranking }: ExperimentSection): string[] {
  return ranking.filter(({ baseline }) => !baseline).map(({ sentence }) => sentence)
}

/** Estimates between looks: grey, and without an interval, as there is no verdict in them. */
function Live({ section: { live, status } }: { readonly section: ExperimentSection }) {
  return live && <p className="quiet">{liveText(live, status === 'running')}</p>
}

function Actions({ record, section }: ExperimentHeaderProps) {
  const client = useClient()
  const busy = useStore(sessionStore, activeJob)
  const trusted = useStore(sessionStore, ({ studio }) => studio?.workspace?.trusted === true)
  const [error, setError] = useState<unknown>(null)
  const attempt = async (action: () => Promise<void>) => {
    setError(null)
    try {
      await action()
    } catch (thrown) {
      setError(thrown)
    }
  }
  const extend = () =>
    attempt(async () => {
      if (!trusted) openDialog({ kind: 'trust' })
      else await client.call('jobs.start', { kind: 'extend', id: record.id })
    })
  const advise = () =>
    attempt(async () => {
      await client.call('advice.find', { experiment: record.id })
      goTo({ screen: 'advice', query: { workflow: section.workflow } })
    })
  const ended = section.status !== 'running'
  return (
    <>
      <div className="experiment-header-actions">
        {section.recommendation && (
          <Link to={{ screen: 'advice', id: section.recommendation }}>The recommendation that it proves</Link>
        )}
        <Button
          onClick={() => void extend()}
          disabled={!ended || busy !== undefined}
          title="Measure up to the next look of its plan"
        >
          Measure more
        </Button>
        <Button onClick={() => void advise()} disabled={!ended}>
          Find advice
        </Button>
        <Button onClick={() => goTo({ screen: 'report', query: { experiments: record.id } })}>Report</Button>
      </div>
      {error !== null && <Problem title="That did not work" error={error} />}
    </>
  )
}
