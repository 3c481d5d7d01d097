import './log-panel.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { formatCount } from '../../base/index.ts'
import type { JobState } from '../../protocol/index.ts'
import { runCommand } from '../commands/registry.ts'
import { latestJob, sessionStore } from '../state/session.ts'
import { Button } from '../widgets/button.tsx'
import { copyText } from '../widgets/copy-text.ts'
import { EmptyState } from '../widgets/empty-state.tsx'
import { Icon } from '../widgets/icon.tsx'
import { Select } from '../widgets/select.tsx'

const lineHeight = 18
const noLines: readonly string[] = []

/** What the jobs logged: the one that goes on, or the one that is chosen. It stays at the end as long as the end is in sight. */
export function LogPanel() {
  const jobs = useStore(sessionStore, (session) => session.jobs)
  const latest = useStore(sessionStore, latestJob)
  const [chosen, setChosen] = useState<string | null>(null)
  const job = (chosen !== null && jobs.get(chosen)) || latest
  const lines = useStore(sessionStore, ({ logs }) => (job && logs.get(job.id)) ?? noLines)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    setCopied(await copyText(lines.join('\n')))
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <section className="log-panel" aria-label="Log">
      <header className="log-panel-head">
        <h2>Log</h2>
        {job && <JobChoice jobs={[...jobs.values()].reverse()} value={job.id} onChange={setChosen} />}
        <span className="quiet">
          {lines.length > 0 && `${formatCount(lines.length)} ${lines.length === 1 ? 'line' : 'lines'}`}
        </span>
        <div className="log-panel-end">
          <Button kind="quiet" disabled={lines.length === 0} onClick={() => void copy()}>
            <Icon name="copy" size={14} />
            {copied ? 'Copied' : 'Copy all'}
          </Button>
          <Button kind="quiet" aria-label="Hide the log" onClick={() => runCommand('view.log')}>
            <Icon name="close" size={14} />
          </Button>
        </div>
      </header>
      {lines.length > 0 ? <Lines key={job?.id} lines={lines} /> : <EmptyState sentence={emptySentence(job)} />}
    </section>
  )
}

function emptySentence(job: JobState | undefined): string {
  if (job === undefined) return 'What workflows log while they are measured is here.'
  return job.endedAt === null ? `“${job.title}” has logged nothing yet.` : `“${job.title}” logged nothing.`
}

interface JobChoiceProps {
  readonly jobs: readonly JobState[]
  readonly value: string
  readonly onChange: (id: string) => void
}

function JobChoice({ jobs, value, onChange }: JobChoiceProps) {
  const options = jobs.map(({ id, title, startedAt }) => ({
    value: id,
    title,
    hint: new Date(startedAt).toLocaleTimeString(),
  }))
  return <Select label="Job" labelHidden options={options} value={value} onChange={onChange} />
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    useFlushSync: false,
  })
  useEffect(() => {
    if (follows) virtual.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [follows, lines.length, virtual])
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller.current!
    setFollows(scrollHeight - scrollTop - clientHeight < 2 * lineHeight)
  }
  return (
    <div className="log-panel-body">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <div ref={scroller} className="log-panel-scroller" role="log" aria-live="off" tabIndex={0} onScroll={onScroll}>
        <div className="log-panel-lines" style={{ blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div key={index} className="log-panel-line" style={{ transform: `translateY(${start}px)` }}>
              {lines[index]}
            </div>
          ))}
        </div>
      </div>
      {!follows && (
        <Button className="log-panel-newest" onClick={() => setFollows(true)}>
          To the end
        </Button>
      )}
    </div>
  )
}
