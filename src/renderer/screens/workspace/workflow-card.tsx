import './workflow-card.css'
import { useId, useMemo } from 'react'
import { type Budget, checkBudget } from '../../../analysis/index.ts'
import { formatCount, formatDuration } from '../../../base/index.ts'
import type { RunSummary, WorkflowCard as WorkflowFacts } from '../../../protocol/index.ts'
import { GraphThumbnail } from '../../charts/graph/graph-thumbnail.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { goTo } from '../../state/route.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { BudgetChecks } from './budget-checks.tsx'
import { cardName, trendFacts } from './card-facts.ts'
import { historyValue } from './history-value.ts'
import { Sparkline } from './sparkline.tsx'

interface WorkflowCardProps {
  readonly card: WorkflowFacts
  readonly budget: Budget | undefined
  /** Why nothing can be run now, as a sentence; absent where it can. */
  readonly blocked: string | undefined
  /** Whether it is being measured now. */
  readonly measuring: boolean
  readonly onHistory: () => void
  readonly onBudget: () => void
}

/** A workflow: how it is doing, and what can be done with it. */
export function WorkflowCard({ card, budget, blocked, measuring, onHistory, onBudget }: WorkflowCardProps) {
  const title = useId()
  const { file, lastRun, runs, experiments } = card
  const name = cardName(card)
  const facts = useMemo(() => trendFacts(card.trend), [card.trend])
  const checks = budget && lastRun ? checkBudget(budget, { value: lastRun.value, metrics: lastRun.metrics ?? {} }) : []
  const said = facts.sentences.slice(0, checks.length > 0 ? 1 : 2)
  return (
    <article className="workflow-card" aria-labelledby={title}>
      <header className="workflow-card-head">
        <h3 id={title}>{name}</h3>
        <span className="workflow-card-file" title={file}>
          {file}
        </span>
        {measuring && <Badge kind="accent">measuring</Badge>}
        {facts.tone !== 'same' && (
          <Badge {...(facts.confirmed ? { kind: facts.tone } : {})} title={facts.sentences[0]}>
            {facts.confirmed ? facts.tone : `possibly ${facts.tone}`}
          </Badge>
        )}
      </header>
      <div className="workflow-card-pictures">
        <div className="workflow-card-graph">
          {card.description && <GraphThumbnail nodes={card.description.nodes} width={160} height={64} />}
        </div>
        <Trend card={card} name={name} sentences={facts.sentences} onHistory={onHistory} />
      </div>
      <div className="workflow-card-last">
        <LastRun run={lastRun} />
        <span className="workflow-card-counts">
          {countText(runs, 'run')} · {countText(experiments, 'experiment')}
        </span>
      </div>
      <div className="workflow-card-says">
        {said.map((sentence, place) => (
          <p
            key={sentence}
            className={
              place === 0 && facts.confirmed && facts.tone !== 'same' ? `workflow-card-${facts.tone}` : undefined
            }
            title={sentence}
          >
            {sentence}
          </p>
        ))}
        {checks.length > 0 && (
          <button type="button" className="workflow-card-budget" onClick={onBudget} title="Change its budget">
            <span>Budget</span>
            <BudgetChecks checks={checks} />
          </button>
        )}
      </div>
      <footer className="workflow-card-actions">
        <Button disabled={blocked !== undefined} title={blocked} onClick={() => openDialog({ kind: 'run', file })}>
          Run…
        </Button>
        <Button disabled={blocked !== undefined} title={blocked} onClick={() => openDialog({ kind: 'compare', file })}>
          New experiment…
        </Button>
        <Button
          kind="quiet"
          disabled={card.name === undefined}
          onClick={() => goTo({ screen: 'advice', query: { workflow: name } })}
        >
          Advice
        </Button>
        <Button kind="quiet" disabled={card.name === undefined} onClick={onHistory}>
          History
        </Button>
        <Button kind="quiet" disabled={card.name === undefined} onClick={onBudget}>
          Budget…
        </Button>
      </footer>
    </article>
  )
}

interface TrendProps {
  readonly card: WorkflowFacts
  readonly name: string
  readonly sentences: readonly string[]
  readonly onHistory: () => void
}

/** Its history as a small picture that leads to the whole; a single session as a number; or why there is neither. */
function Trend({ card: { trend }, name, sentences, onHistory }: TrendProps) {
  const measured = trend?.points.filter(({ value }) => value !== null) ?? []
  const latest = measured.at(-1)
  if (!trend || !latest) return <span className="workflow-card-none">no history yet</span>
  return (
    <button type="button" className="workflow-card-trend" onClick={onHistory} title="Show its history">
      {measured.length > 1 ? (
        <Sparkline series={trend} label={`History of ${name}. ${sentences.join(' ')}`} />
      ) : (
        <span className="workflow-card-single">
          <span>{latest.kind === 'experiment' ? 'one experiment' : 'plain runs'}</span>
          <strong>{historyValue(latest.value, trend.unit)}</strong>
          {latest.low !== null && latest.high !== null && (
            <span>
              [{historyValue(latest.low, trend.unit)}, {historyValue(latest.high, trend.unit)}]
            </span>
          )}
        </span>
      )}
    </button>
  )
}

function LastRun({ run }: { readonly run: RunSummary | undefined }) {
  if (!run) return <span className="quiet">It never ran.</span>
  const { id, value, reason, variant, startedAt } = run
  return (
    <>
      <Link to={{ screen: 'run', id }} title="Show the last run">
        <strong>{reason === 'running' ? 'running' : value === null ? 'no data' : formatDuration(value)}</strong>
      </Link>
      <span className="quiet">
        {variant}, <Moment at={startedAt} />
      </span>
      {reason !== 'finished' && reason !== 'running' && <Badge kind="failed">{reason}</Badge>}
    </>
  )
}

function countText(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`
}
