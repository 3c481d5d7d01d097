import './start-dialog.css'
import { type FormEvent, useId, useMemo, useState } from 'react'
import type { ParamsOf, WorkflowCard } from '../../../protocol/index.ts'
import type { WorkflowDescription } from '../../../workflow/index.ts'
import { closeDialog, type OpenDialog } from '../../state/dialogs.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { Checkbox } from '../../widgets/field.tsx'
import { Select } from '../../widgets/select.tsx'
import { cardName } from './card-facts.ts'
import { variantNames } from './experiment-draft.ts'
import { type KnobSetting, listKnobs, patchOfSettings, patchText } from './knob-list.ts'
import { KnobSettings } from './knob-settings.tsx'
import { ParamFields } from './param-fields.tsx'
import { readParams } from './param-values.ts'
import { useStartedJob } from './start-job.ts'
import { StartProblem } from './start-problem.tsx'
import { useWorkflowChoice } from './workflow-choice.tsx'

const close = () => closeDialog('run')

/** Runs a workflow once: which variant, with which params, and what is recorded. */
export default function RunDialog({ file }: Extract<OpenDialog, { kind: 'run' }>) {
  const { card, known, head, broken } = useWorkflowChoice(file)
  if (!card || !known.description) {
    return (
      <Dialog title="Run a workflow" onClose={close} footer={<Button onClick={close}>Cancel</Button>}>
        <div className="start-dialog">{head}</div>
      </Dialog>
    )
  }
  return <Run key={card.file} card={card} description={known.description} broken={broken} head={head} />
}

interface RunProps {
  readonly card: WorkflowCard
  readonly description: WorkflowDescription
  readonly broken: boolean
  readonly head: React.ReactNode
}

function Run({ card, description, broken, head }: RunProps) {
  const form = useId()
  const [variant, setVariant] = useState('baseline')
  const [settings, setSettings] = useState<readonly KnobSetting[]>([])
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [spans, setSpans] = useState(true)
  const [samples, setSamples] = useState(true)
  const [shown, setShown] = useState(false)
  const { start, starting, error } = useStartedJob(close)
  const knobs = useMemo(() => listKnobs(description), [description])
  const made = patchOfSettings(knobs, settings)
  const read = readParams(description.params, texts)
  const wrong = made.errors.size > 0 || Object.keys(read.errors).length > 0
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setShown(true)
    if (wrong || broken) return
    const request: ParamsOf<'jobs.start'> = {
      kind: 'run',
      file: card.file,
      variant,
      ...(Object.keys(made.patch).length > 0 ? { patch: { ...made.patch } } : {}),
      ...(Object.keys(read.params).length > 0 ? { params: read.params } : {}),
      capture: { level: spans ? 'standard' : 'off', ...(samples ? { sampleInterval: 1000 } : {}) },
    }
    void start(request)
  }
  return (
    <Dialog
      title={`Run ${cardName(card)}`}
      description="Once, to see where the time goes. Which of two variants is faster, an experiment says."
      onClose={close}
      footer={
        <>
          <span className="start-dialog-says" role="status">
            {starting ? 'Loading the workflow…' : ''}
          </span>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} disabled={starting || broken || (shown && wrong)}>
            Run
          </Button>
        </>
      }
    >
      <form id={form} className="start-dialog" onSubmit={onSubmit}>
        {head}
        <StartProblem error={broken ? null : error} title="The run did not begin." />
        <Select
          label="Variant"
          options={variantNames(description).map((name) => {
            const patch = description.variants.find((declared) => declared.name === name)?.patch
            return { value: name, title: name, hint: patch ? patchText(patch) : 'the workflow as written' }
          })}
          value={variant}
          onChange={setVariant}
        />
        <section className="start-dialog-part">
          <h3>What is recorded</h3>
          <Checkbox
            label="Spans, counters and garbage collections"
            hint="Timeline, critical path and the table of nodes come from these"
            checked={spans}
            onChange={setSpans}
          />
          <Checkbox
            label="CPU samples, one a millisecond"
            hint="The flame graph comes from these; they cost up to 3 % of CPU time"
            checked={samples}
            onChange={setSamples}
          />
        </section>
        <section className="start-dialog-part">
          <h3>Params</h3>
          <ParamFields defaults={description.params} texts={texts} errors={read.errors} onChange={setTexts} />
        </section>
        {knobs.length > 0 && (
          <details className="fold">
            <summary>Knobs, on top of the variant</summary>
            <div className="fold-body">
              <KnobSettings
                knobs={knobs}
                settings={settings}
                errors={made.errors}
                strict={shown}
                onChange={setSettings}
              />
            </div>
          </details>
        )}
      </form>
    </Dialog>
  )
}
