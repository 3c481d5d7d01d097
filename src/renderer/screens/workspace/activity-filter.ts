/** Stands for no condition: a workflow's name and a reason cannot be that. */
export const any = ' '

/** What is listed below the cards. */
export interface ActivityFilter {
  readonly kind: 'runs' | 'experiments'
  /** Name of a workflow, or {@link any}. */
  readonly workflow: string
  /** How a run ended, or the verdict of an experiment's best candidate, or {@link any}. */
  readonly outcome: string
  /** Whether runs that are trials of an experiment are listed too. */
  readonly trials: boolean
  readonly search: string
}

/** What the address says; whatever it does not say is as it is at first. */
export function filterOf(query: Readonly<Record<string, string>>): ActivityFilter {
  return {
    kind: query.list === 'experiments' ? 'experiments' : 'runs',
    workflow: query.workflow || any,
    outcome: query.outcome || any,
    trials: query.trials === 'yes',
    search: (query.search ?? '').slice(0, 200),
  }
}

/** The parts of the address that say a filter; what is as it is at first is left out. */
export function queryOf(filter: ActivityFilter): Readonly<Record<string, string | undefined>> {
  const { kind, workflow, outcome, trials, search } = filter
  return {
    list: kind === 'runs' ? undefined : kind,
    workflow: workflow === any ? undefined : workflow,
    outcome: outcome === any ? undefined : outcome,
    trials: trials ? 'yes' : undefined,
    search: search.slice(0, 200) || undefined,
  }
}
