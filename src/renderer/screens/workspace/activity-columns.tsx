import { formatBytes, formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSummary, RunSummary } from '../../../protocol/index.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Change } from '../../widgets/change.tsx'
import type { Column } from '../../widgets/data-table.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'

/**
 * What a list of runs shows, with a box to tick runs that are to be held against each other; where trials of experiments are
 * among them, also whose they are.
 */
export function runColumns(
  picked: ReadonlySet<string>,
  onPick: (run: RunSummary) => void,
  trials: boolean,
): Column<RunSummary>[] {
  return [
    {
      id: 'pick',
      title: '',
      meaning: 'Tick two runs of a workflow to compare them',
      width: 40,
      render: (run) => (
        <input
          type="checkbox"
          className="activity-pick"
          aria-label={`Compare run ${run.id}`}
          checked={picked.has(run.id)}
          onChange={() => onPick(run)}
          onClick={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
        />
      ),
    },
    { id: 'started', title: 'Started', width: 116, render: ({ startedAt }) => <Moment at={startedAt} /> },
    { id: 'id', title: 'Run', width: 136, render: ({ id }) => <code>{id}</code> },
    {
      id: 'workflow',
      title: 'Workflow',
      width: 100,
      grow: 1,
      render: ({ workflow }) => workflow,
      hint: ({ file }) => file,
    },
    { id: 'variant', title: 'Variant', width: 100, grow: 1, render: ({ variant }) => variant },
    {
      id: 'value',
      title: 'Wall time',
      width: 80,
      align: 'number',
      render: ({ value }) => (value === null ? <span className="quiet">no data</span> : formatDuration(value)),
    },
    {
      id: 'cpu',
      title: 'CPU time',
      width: 80,
      align: 'number',
      render: ({ metrics }) => (metrics?.cpu === undefined ? '' : formatDuration(metrics.cpu)),
    },
    {
      id: 'heap',
      title: 'Highest heap',
      width: 96,
      align: 'number',
      render: ({ metrics }) => (metrics?.peakHeap === undefined ? '' : formatBytes(metrics.peakHeap)),
    },
    {
      id: 'reason',
      title: 'Ended',
      width: 100,
      render: ({ reason, problem }) =>
        reason === 'finished' ? (
          'finished'
        ) : (
          <Badge kind={reason === 'running' ? 'accent' : 'failed'} title={problem}>
            {reason}
          </Badge>
        ),
      hint: ({ problem }) => problem,
    },
    trials ? trialColumn : recordedColumn,
  ]
}

const recordedColumn: Column<RunSummary> = {
  id: 'recorded',
  title: 'Recorded',
  meaning: 'Times only, or spans; CPU: samples of stacks, which flame graphs are made of',
  width: 96,
  render: ({ capture }) => (
    <span className="quiet">
      {[capture.level === 'off' ? 'times' : 'spans', capture.sampleInterval === undefined ? '' : 'CPU']
        .filter(Boolean)
        .join(', ')}
    </span>
  ),
}

const trialColumn: Column<RunSummary> = {
  id: 'trial',
  title: 'Trial of',
  width: 190,
  render: ({ experiment, block }) =>
    experiment === undefined ? (
      ''
    ) : (
      <Link to={{ screen: 'compare', id: experiment }}>
        {experiment}
        {block === undefined ? '' : block < 0 ? ', warm-up' : `, block ${block + 1}`}
      </Link>
    ),
}

/** What a list of experiments shows: the best candidate against the baseline. */
export function experimentColumns(): Column<ExperimentSummary>[] {
  return [
    { id: 'started', title: 'Started', width: 116, render: ({ startedAt }) => <Moment at={startedAt} /> },
    { id: 'id', title: 'Experiment', width: 136, render: ({ id }) => <code>{id}</code> },
    {
      id: 'workflow',
      title: 'Workflow',
      width: 100,
      grow: 1,
      render: ({ workflow }) => workflow,
      hint: ({ file }) => file,
    },
    {
      id: 'purpose',
      title: 'Purpose',
      width: 80,
      render: ({ purpose }) => (purpose === 'proof' ? 'proof' : 'compare'),
    },
    {
      id: 'variants',
      title: 'Variants',
      width: 150,
      grow: 2,
      render: ({ variants }) => variants.join(', '),
      hint: ({ variants }) => variants.join(', '),
    },
    { id: 'blocks', title: 'Blocks', width: 66, align: 'number', render: ({ blocks }) => formatCount(blocks) },
    {
      id: 'best',
      title: 'Best candidate',
      width: 110,
      grow: 1,
      render: (row) => bestCandidate(row)?.name ?? '',
    },
    {
      id: 'change',
      title: 'Its change',
      meaning: 'Change of wall time, or of what the experiment decides by, against the baseline, with its interval',
      width: 210,
      render: (row) => {
        const best = bestCandidate(row)
        return best ? <Change of={best} /> : <span className="quiet">no data</span>
      },
      hint: ({ sentence }) => sentence,
    },
    {
      id: 'status',
      title: 'Status',
      width: 100,
      render: ({ status }) =>
        status === 'finished' ? (
          'finished'
        ) : (
          <Badge {...(statusKinds[status] ? { kind: statusKinds[status] } : {})}>{status}</Badge>
        ),
    },
  ]
}

const statusKinds: Readonly<Partial<Record<ExperimentSummary['status'], 'accent' | 'failed' | 'attention'>>> = {
  running: 'accent',
  failed: 'failed',
  interrupted: 'attention',
}

/** The candidate that ranks highest. */
function bestCandidate({ ranking }: ExperimentSummary): ExperimentSummary['ranking'][number] | undefined {
  return ranking.find(({ baseline }) => !baseline)
}
