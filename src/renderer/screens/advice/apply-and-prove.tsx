import { useState } from 'react'
import { useStore } from 'zustand'
import type { AdviceEntry, JobState } from '../../../protocol/index.ts'
import { useClient } from '../../app/studio-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { goTo, routeStore } from '../../state/route.ts'
import { activeJob, type Session, sessionStore } from '../../state/session.ts'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Select } from '../../widgets/select.tsx'

type Preset = 'quick' | 'standard' | 'rigorous'

const presets = [
  { value: 'quick', title: 'Quick', hint: 'A first answer, up to 16 blocks' },
  { value: 'standard', title: 'Standard', hint: 'Up to 40 blocks; disturbed ones are run again' },
  { value: 'rigorous', title: 'Rigorous', hint: 'With a control arm that must not differ' },
] as const

/** Tries a recommendation: measures the workflow with and without it, and says what came out. */
export function ApplyAndProve({ entry }: { readonly entry: AdviceEntry }) {
  const client = useClient()
  const trusted = useStore(sessionStore, ({ studio }) => studio?.workspace?.trusted === true)
  const busy = useStore(sessionStore, activeJob)
  const job = useStore(sessionStore, (session) => jobOf(session, entry.id))
  const [preset, setPreset] = useState<Preset>('quick')
  const [write, setWrite] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { patch, proof } = entry.recommendation
  if (!patch) return <p className="quiet">No knob can do this: it takes a change of the source, by hand.</p>
  const apply = async () => {
    if (!trusted) {
      openDialog({ kind: 'trust' })
      return
    }
    setError(null)
    // What it brought changes its place in the list: it stays what is looked at.
    const { query } = routeStore.getState().route
    goTo({ screen: 'advice', id: entry.id, query }, { replace: true })
    try {
      await client.call('jobs.start', { kind: 'apply', id: entry.id, preset, write })
    } catch (thrown) {
      setError(thrown)
    }
  }
  const running = job?.status === 'running' || job?.status === 'cancelling'
  return (
    <section className="apply-and-prove" aria-label="Apply and prove">
      <div className="apply-and-prove-line">
        <Button kind="primary" onClick={() => void apply()} disabled={busy !== undefined}>
          {proof ? 'Apply and prove again' : 'Apply and prove'}
        </Button>
        <Select label="Preset" labelHidden value={preset} options={presets} onChange={setPreset} />
        <label className="apply-and-prove-write">
          <input type="checkbox" checked={write} onChange={({ target }) => setWrite(target.checked)} />
          Add the variant to the source if it is proved
        </label>
      </div>
      {busy && !running && (
        <p className="quiet">Something else is being measured; one at a time, or both numbers would be wrong.</p>
      )}
      {error !== null && <Problem title="It could not be applied" error={error} />}
      {job && <Outcome job={job} />}
    </section>
  )
}

/** The last application of a recommendation that this session knows of. */
function jobOf({ jobs }: Session, id: string): JobState | undefined {
  return [...jobs.values()].findLast(({ request }) => request.kind === 'apply' && request.id === id)
}

function Outcome({ job }: { readonly job: JobState }) {
  const { experiment, diff, written, byHand } = job.result
  return (
    <div className="apply-and-prove-outcome" aria-live="polite">
      {job.error && <Problem title="It was not proved" error={new Error(job.error.message)} />}
      <p className="quiet">
        {job.status === 'running' && `Measuring: ${job.progress.message ?? 'it begins'}. `}
        {job.status === 'cancelled' && 'Cancelled; what was measured is kept. '}
        {job.status === 'done' && written === true && 'The variant was added to the source. '}
        {job.status === 'done' &&
          diff !== undefined &&
          written !== true &&
          'To keep it, add this variant to the source: '}
        {experiment && <Link to={{ screen: 'compare', id: experiment }}>Show the experiment</Link>}
      </p>
      {byHand !== undefined && <p>{byHand}</p>}
      {diff !== undefined && <Diff text={diff} />}
    </div>
  )
}

/** A unified diff; what is added and taken away has its sign, not its colour alone. */
function Diff({ text }: { readonly text: string }) {
  const lines = text.split('\n').filter((line) => !/^(={3}|---|\+\+\+|Index)/.test(line))
  return (
    <pre className="apply-and-prove-diff">
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a diff that never changes
        <span key={place} className={line.startsWith('+') ? 'faster' : line.startsWith('-') ? 'slower' : 'quiet'}>
          {`${line}\n`}
        </span>
      ))}
    </pre>
  )
}
