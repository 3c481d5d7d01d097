import './run-header.css'
import { useStore } from 'zustand'
import { formatDuration } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { zeroOf } from '../../charts/timeline/timeline-state.ts'
import { choose, preferencesStore } from '../../state/preferences.ts'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { patchText } from './patch-text.ts'
import { PathBar } from './path-bar.tsx'
import { RunAbout } from './run-about.tsx'
import { RunActions } from './run-actions.tsx'
import { RunError } from './run-error.tsx'
import { RunFacts } from './run-facts.tsx'
import { RunNeighbours } from './run-neighbours.tsx'
import { runVerdict, tellsWhere } from './run-verdict.ts'
import { useSelection } from './use-selection.ts'

/** Under this name it is remembered whether what the run was is unfolded. */
const aboutName = 'run.about'

/** The answer before anything is clicked: how long it took, what held up its end, what it used. */
export function RunHeader({ record, hasTrace }: { readonly record: RunRecord; readonly hasTrace: boolean }) {
  const { range } = useSelection()
  const traced = hasTrace ? record : null
  const whole = useTrace(traced, 'summary', 'numbers', [null]).data
  const shown = useTrace(traced, 'summary', 'numbers', [range]).data
  const model = useTrace(traced, 'timeline', 'model', []).data
  const isOpen = useStore(preferencesStore, ({ choices }) => choices[aboutName]) === 'open'
  const { sentence, where, tone, advice } = runVerdict(record, whole?.parts ?? null, whole?.duration ?? null)
  const patch = patchText(record.patch)
  return (
    <header className="run-header">
      <div className="run-header-line">
        <h1 className={tone === 'failed' ? 'failed' : undefined}>
          {sentence}
          {where !== '' && <span className="run-header-where"> — {where}</span>}
        </h1>
        <RunActions record={record} hasTrace={hasTrace} />
      </div>
      {(record.error || advice !== '') && <RunError record={record} advice={advice} whole={whole ?? null} />}
      {shown && tellsWhere(shown.parts) && (
        <PathBar
          parts={shown.parts}
          about={
            range && model
              ? `Critical path of ${formatDuration(range.to - range.from)} from ${formatDuration(range.from - zeroOf(model))}`
              : 'Critical path'
          }
        />
      )}
      <div className="run-header-line">
        {record.reason !== 'running' && (
          <RunFacts
            record={record}
            whole={whole ?? null}
            shown={range ? (shown ?? null) : null}
            isPending={traced !== null && shown === undefined}
          />
        )}
        <span className="run-header-run quiet">
          {patch !== '' && <code title="What is turned, against the workflow as written">{patch}</code>}
          {record.trial && (
            <Link to={{ screen: 'compare', id: record.trial.experiment }}>
              {record.trial.block < 0 ? 'warm-up block' : `block ${record.trial.block + 1}`} of an experiment
            </Link>
          )}
          <Moment at={record.startedAt} />
          <Button kind="quiet" aria-expanded={isOpen} onClick={() => choose(aboutName, isOpen ? 'closed' : 'open')}>
            {isOpen ? 'Less' : 'Params, machine…'}
          </Button>
          <RunNeighbours record={record} />
        </span>
      </div>
      {isOpen && <RunAbout record={record} />}
    </header>
  )
}
