/** What is listed below the cards. */
export interface ActivityFilter {
  readonly kind: 'runs' | 'experiments'
  /** Name of a workflow; empty: all. */
  readonly workflow: string
  /** How a run ended, or the verdict of an experiment's best candidate; empty: any. */
  readonly outcome: string
  /** Whether runs that are trials of an experiment are listed too. */
  readonly trials: boolean
  readonly search: string
}

/** What the address says; whatever it does not say is as it is at first. */
export function filterOf(query: Readonly<Record<string, string>>): ActivityFilter {
  return {
    kind: query.list === 'experiments' ? 'experiments' : 'runs',
    workflow: query.workflow ?? '',
    outcome: query.outcome ?? '',
    trials: query.trials === 'yes',
    search: (query.search ?? '').slice(0, 200),
  }
}

/** The parts of the address that say a filter; what is as it is at first is left out. */
export function queryOf(filter: ActivityFilter): Readonly<Record<string, string | undefined>> {
  const { kind, workflow, outcome, trials, search } = filter
  return {
    list: kind === 'runs' ? undefined : kind,
    workflow: workflow || undefined,
    outcome: outcome || undefined,
    trials: trials ? 'yes' : undefined,
    search: search.slice(0, 200) || undefined,
  }
}
