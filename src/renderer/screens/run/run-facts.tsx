import type { ReactNode } from 'react'
import { checkBudget } from '../../../analysis/index.ts'
import { formatBytes, formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { Badge } from '../../widgets/badge.tsx'
import type { RunSummaryNumbers } from '../../workers/topics/summary.ts'
import { BudgetChecks } from '../workspace/budget-checks.tsx'
import { changeSelection } from './use-selection.ts'

interface RunFactsProps {
  readonly record: RunRecord
  /** Of all of the run, and of the selected stretch where there is one. */
  readonly whole: RunSummaryNumbers | null
  readonly shown: RunSummaryNumbers | null
  /** Whether there will be more numbers in a moment. */
  readonly isPending: boolean
}

/** What the run used, and whether that was allowed. Of the selected stretch, where one is selected. */
export function RunFacts({ record, whole, shown, isPending }: RunFactsProps) {
  const nothing = isPending ? '…' : 'no data'
  const budgets = useCall('budgets.list', {})
  const budget = budgets.data?.[record.workflow]
  const { metrics } = record
  const numbers = shown ?? whole
  const duration = numbers?.duration ?? record.value
  // What was measured of the whole run stands in its record, and is what other runs are compared with.
  const gc = shown ? (shown.collections?.total ?? null) : (metrics?.gc ?? whole?.collections?.total ?? null)
  const heap = shown ? shown.heap : (metrics?.peakHeap ?? whole?.heap ?? null)
  const resident = shown ? shown.resident : (record.peakMemory ?? whole?.resident ?? null)
  return (
    <dl className="run-facts">
      {shown && <Fact name="selected" value={duration === null ? nothing : formatDuration(duration)} />}
      {!shown && metrics?.cpu !== undefined && (
        <Fact name="CPU" value={formatDuration(metrics.cpu)} meaning="CPU time of the run’s own thread" />
      )}
      <Fact
        name="thread busy"
        value={numbers?.busy === null || numbers === null ? nothing : formatShare(numbers.busy)}
        meaning="How much of the time the run’s thread was busy, by CPU samples or by the event loop’s utilisation"
      />
      <Fact
        name="GC"
        value={
          gc === null ? (
            nothing
          ) : gc === 0 ? (
            'none'
          ) : (
            <>
              {formatDuration(gc)}
              {duration ? <span className="quiet"> {formatShare(gc / duration)}</span> : null}
            </>
          )
        }
        meaning={
          numbers?.collections ? `${formatCount(numbers.collections.count)} garbage collections` : 'Garbage collection'
        }
      />
      <Fact
        name="heap"
        value={heap === null ? nothing : formatBytes(heap)}
        meaning="Highest heap in use that was seen"
      />
      <Fact
        name="memory"
        value={resident === null ? nothing : formatBytes(resident)}
        meaning="Highest resident memory that was seen"
      />
      {numbers !== null && numbers.failed > 0 && (
        <div>
          <dt className="visually-hidden">failed</dt>
          <dd>
            <button
              type="button"
              className="run-facts-failed"
              title="Show where it failed"
              onClick={() => changeSelection({ span: numbers.firstFailed })}
            >
              <Badge kind="failed">{formatCount(numbers.failed)} spans failed</Badge>
            </button>
          </dd>
        </div>
      )}
      {budget && !shown && (
        <div>
          <dt className="visually-hidden">budget</dt>
          <dd>
            <BudgetChecks checks={checkBudget(budget, record)} />
          </dd>
        </div>
      )}
    </dl>
  )
}

function Fact(props: { readonly name: string; readonly value: ReactNode; readonly meaning?: string }) {
  const { name, value, meaning } = props
  return (
    <div title={meaning}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
