import type { ExperimentSummary, ReportSectionName } from '../../../protocol/index.ts'

/** What a report is about and which parts it has; it stands in the address. */
export interface ReportChoice {
  readonly experiments: readonly string[]
  readonly runs: readonly string[]
  /** `null`: all of them. */
  readonly sections: readonly ReportSectionName[] | null
  readonly title: string
}

/** Parts that may be left out, as they are called. */
export const sectionTitles: Readonly<Record<ReportSectionName, string>> = {
  experiments: 'Verdicts and trials',
  runs: 'Where the time went',
  advice: 'Advice and ledger',
  appendix: 'Method, machine, source',
}

/** Every format, as people know it. Those that are not here are called by their name. */
export const formatTitles: Readonly<Record<string, string>> = {
  html: 'HTML',
  pdf: 'PDF',
  markdown: 'Markdown',
  json: 'JSON',
  csv: 'CSV',
}

const names = Object.keys(sectionTitles) as ReportSectionName[]

/** Under this name it is remembered which sections were chosen last; empty: all of them. */
export const sectionsChoice = 'report.sections'

/** What an address asks for; where it names nothing, the latest experiment, with the sections that were chosen last. */
export function choiceOf(
  query: Readonly<Record<string, string>>,
  latest: readonly ExperimentSummary[],
  remembered = '',
): ReportChoice {
  const list = (text: string | undefined) => (text ?? '').split(',').filter((part) => part !== '')
  const asked = { experiments: list(query.experiments), runs: list(query.runs) }
  const wanted = query.sections ?? remembered
  const none = query.experiments === undefined && asked.runs.length === 0
  const newest = latest.find(({ status }) => status !== 'running')
  return {
    ...asked,
    ...(none && newest ? { experiments: [newest.id] } : {}),
    sections: wanted === '' ? null : names.filter((name) => list(wanted).includes(name)),
    title: query.title ?? '',
  }
}

/** The part of the address that asks for a choice; `undefined` takes a part away. */
export function queryOf(change: Partial<ReportChoice>): Record<string, string | undefined> {
  const { experiments, runs, sections, title } = change
  return {
    ...(experiments ? { experiments: experiments.join(',') } : {}),
    ...(runs ? { runs: runs.length > 0 ? runs.join(',') : undefined } : {}),
    ...(sections === undefined ? {} : { sections: sections === null ? undefined : sections.join(',') }),
    ...(title === undefined ? {} : { title: title === '' ? undefined : title }),
  }
}

/** The sections with one of them put in or left out; all of them is `null`. */
export function toggleSection(
  sections: ReportChoice['sections'],
  name: ReportSectionName,
  on: boolean,
): ReportChoice['sections'] {
  const before = sections ?? names
  const after = names.filter((other) => (other === name ? on : before.includes(other)))
  return after.length === names.length ? null : after
}
