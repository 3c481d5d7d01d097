import { formatCount, formatDuration } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Select } from '../../widgets/select.tsx'
import type { CycleHead } from '../../workers/topics/cycles.ts'
import { memorySentence, metricSentence, outlierSentence, reasonSentence } from './cycle-wording.ts'

interface CycleHeaderProps {
  readonly record: RunRecord
  readonly heads: readonly CycleHead[]
  readonly head: CycleHead
  readonly place: number
  readonly onChoose: (place: number) => void
}

/** The answer before anything is clicked: why it ended, how the metric went, what memory did. */
export function CycleHeader({ record, heads, head, place, onChoose }: CycleHeaderProps) {
  const facts = [metricSentence(head), memorySentence(head), outlierSentence(head)].filter((fact) => fact !== null)
  const bad = head.reason === 'failed' || head.reason === 'timeout' || head.reason === 'memory-limit'
  return (
    <header className="cycle-header">
      <div className="cycle-header-line">
        {heads.length > 1 ? (
          <Select
            label="Cycle"
            labelHidden
            value={String(place)}
            options={heads.map((one, number) => ({ value: String(number), title: executionTitle(heads, one, number) }))}
            onChange={(value) => onChoose(Number(value))}
          />
        ) : (
          <code>{head.path}</code>
        )}
        <Badge
          {...(bad ? { kind: 'failed' as const } : head.reason === 'converged' ? { kind: 'accent' as const } : {})}
        >
          {head.reason ?? 'no reason'}
        </Badge>
        <h1>{reasonSentence(head.reason, head.iterations)}</h1>
        <span className="cycle-header-run quiet">
          {head.duration && `${formatDuration(head.duration.total)} in all · `}
          <Link to={{ screen: 'run', id: record.id }}>
            {record.workflow}, {record.variant}
          </Link>
          {' · '}
          <Moment at={record.startedAt} />
        </span>
      </div>
      <p className="quiet">{facts.join(' ')}</p>
    </header>
  )
}

/** A cycle that was executed more than once has its number behind it. */
function executionTitle(heads: readonly CycleHead[], { path, iterations }: CycleHead, place: number): string {
  const same = heads.filter((head) => head.path === path).length
  const number = heads.slice(0, place + 1).filter((head) => head.path === path).length
  const which = same > 1 ? `, execution ${formatCount(number)} of ${formatCount(same)}` : ''
  return `${path}${which} (${formatCount(iterations)} ${iterations === 1 ? 'iteration' : 'iterations'})`
}
