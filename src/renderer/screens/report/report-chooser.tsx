import type { ExperimentSummary, ReportSectionName } from '../../../protocol/index.ts'
import { choose } from '../../state/preferences.ts'
import { select } from '../../state/route.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Field } from '../../widgets/field.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { queryOf, type ReportChoice, sectionsChoice, sectionTitles, toggleSection } from './report-request.ts'
import { RunChoices } from './run-choices.tsx'

interface ReportChooserProps {
  readonly choice: ReportChoice
  readonly experiments: readonly ExperimentSummary[]
}

/** What the report is about, what is in it, and as what it is written. */
export function ReportChooser({ choice, experiments }: ReportChooserProps) {
  const change = (next: Partial<ReportChoice>) => select(queryOf(next))
  const toggle = (id: string, on: boolean) =>
    change({ experiments: on ? [...choice.experiments, id] : choice.experiments.filter((other) => other !== id) })
  return (
    <div className="report-chooser">
      <h1>Report</h1>
      <ExportButtons choice={choice} />
      <Field label="Title">
        {(control) => (
          <input
            {...control}
            key={choice.title}
            className="field-input"
            type="text"
            defaultValue={choice.title}
            placeholder="The workflow’s name"
            maxLength={200}
            onBlur={({ target }) => change({ title: target.value.trim() })}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
      </Field>
      <fieldset className="report-chooser-list">
        <legend>Sections</legend>
        {(Object.keys(sectionTitles) as ReportSectionName[]).map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={choice.sections?.includes(name) ?? true}
              onChange={({ target }) => {
                const sections = toggleSection(choice.sections, name, target.checked)
                choose(sectionsChoice, sections?.join(',') ?? '')
                change({ sections })
              }}
            />
            {sectionTitles[name]}
          </label>
        ))}
      </fieldset>
      <RunChoices runs={choice.runs} onChange={(runs) => change({ runs })} />
      <fieldset className="report-chooser-list">
        <legend>Experiments</legend>
        {experiments.map(({ id, workflow, sentence, startedAt, status }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={choice.experiments.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            <span>
              <strong>{workflow}</strong> <Moment at={startedAt} /> {status !== 'finished' && <Badge>{status}</Badge>}
              <span className="quiet report-chooser-sentence">{sentence ?? 'no verdict yet'}</span>
            </span>
          </label>
        ))}
        {experiments.length === 0 && <p className="quiet">There is no experiment yet.</p>}
      </fieldset>
    </div>
  )
}
