import './start-dialog.css'
import { type FormEvent, useId, useMemo, useState } from 'react'
import type { WorkflowCard } from '../../../protocol/index.ts'
import { type PresetName, presets } from '../../../statistics/index.ts'
import type { WorkflowDescription } from '../../../workflow/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { closeDialog, type OpenDialog } from '../../state/dialogs.ts'
import { choose, preferencesStore } from '../../state/preferences.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { cardName } from './card-facts.ts'
import { draftExperiment, type ExperimentDraft, newDraft } from './experiment-draft.ts'
import { estimateExperiment, timeText, trialFacts } from './experiment-estimate.ts'
import { ExperimentSettings } from './experiment-settings.tsx'
import { listKnobs } from './knob-list.ts'
import { ParamFields } from './param-fields.tsx'
import { PresetChoice } from './preset-choice.tsx'
import { useStartedJob } from './start-job.ts'
import { StartProblem } from './start-problem.tsx'
import { VariantChoice } from './variant-choice.tsx'
import { useWorkflowChoice } from './workflow-choice.tsx'

const title = 'New experiment'
const close = () => closeDialog('compare')

/** A new experiment: which workflow, what of it is compared, how much is measured, start. */
export default function NewExperimentDialog({ file, variants }: Extract<OpenDialog, { kind: 'compare' }>) {
  const { card, known, head, broken } = useWorkflowChoice(file)
  if (!card || !known.description) {
    return (
      <Dialog title={title} size="large" onClose={close} footer={<Button onClick={close}>Cancel</Button>}>
        <div className="start-dialog">{head}</div>
      </Dialog>
    )
  }
  return (
    <Experiment
      key={card.file}
      card={card}
      description={known.description}
      broken={broken}
      head={head}
      variants={variants}
    />
  )
}

interface ExperimentProps {
  readonly card: WorkflowCard
  readonly description: WorkflowDescription
  readonly broken: boolean
  readonly head: React.ReactNode
  readonly variants: readonly string[] | undefined
}

function Experiment({ card, description, broken, head, variants }: ExperimentProps) {
  const form = useId()
  const [draft, setDraft] = useState(() => newDraft(rememberedPreset(), variants))
  const [shown, setShown] = useState(false)
  const { start, starting, error } = useStartedJob(close)
  const knobs = useMemo(() => listKnobs(description), [description])
  const drafted = useMemo(() => draftExperiment(card.file, description, draft), [card.file, description, draft])
  const facts = useTrialFacts(card)
  const change = (next: Partial<ExperimentDraft>) => setDraft((now) => ({ ...now, ...next }))
  const wrong = Object.keys(drafted.errors).length > 0 || drafted.knobErrors.size > 0
  const { request } = drafted
  const size = {
    variants: drafted.variants,
    ...(request.controlArm === undefined ? {} : { controlArm: request.controlArm }),
    ...(request.maxBlocks === undefined ? {} : { maxBlocks: request.maxBlocks }),
    ...(draft.isolation === 'repeats' ? { repeats: request.repeats ?? 50 } : {}),
  }
  const estimate = estimateExperiment({ ...size, preset: draft.preset }, facts)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setShown(true)
    if (wrong || broken) return
    choose('experiment.preset', draft.preset)
    void start(request)
  }
  const advancedWrong = shown && Object.keys(drafted.errors).some((field) => field !== 'variants')
  return (
    <Dialog
      title={`${title} on ${cardName(card)}`}
      description="Variants run in blocks, one of each in random order, until it is clear which is faster."
      size="large"
      onClose={close}
      footer={
        <>
          <span className="start-dialog-says" role="status">
            {starting
              ? 'Loading the workflow…'
              : estimate && `${drafted.variants.length} variants. ${timeText(estimate)}.`}
          </span>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} disabled={starting || broken || (shown && wrong)}>
            Start
          </Button>
        </>
      }
    >
      <form id={form} className="start-dialog" onSubmit={onSubmit}>
        {head}
        <StartProblem error={broken ? null : error} title="The experiment did not begin." />
        <section className="start-dialog-part">
          <h3>What is compared</h3>
          <VariantChoice
            description={description}
            knobs={knobs}
            draft={draft}
            drafted={drafted}
            strict={shown}
            onChange={change}
          />
        </section>
        <section className="start-dialog-part">
          <h3>How much is measured</h3>
          <PresetChoice value={draft.preset} onChange={(preset) => change({ preset })} request={size} facts={facts} />
        </section>
        <details className="fold" open={advancedWrong || undefined}>
          <summary>Params and settings</summary>
          <div className="fold-body">
            <ParamFields
              defaults={description.params}
              texts={draft.params}
              errors={paramErrors(drafted.errors)}
              onChange={(params) => change({ params })}
            />
            <ExperimentSettings draft={draft} errors={drafted.errors} onChange={change} />
          </div>
        </details>
      </form>
    </Dialog>
  )
}

/** What earlier runs of the workflow say of how long a trial takes, and the last experiment of how much it varies. */
function useTrialFacts(card: WorkflowCard) {
  const { name, lastRun } = card
  const runs = useCall('runs.list', name === undefined ? null : { workflow: name, reason: 'finished', limit: 200 }).data
  const latest = runs?.rows[0]?.id ?? lastRun?.id
  const record = useCall('runs.get', latest === undefined ? null : { id: latest }).data?.record
  const experiments = useCall('experiments.list', name === undefined ? null : { workflow: name, limit: 10 }).data
  return useMemo(
    () => trialFacts(runs?.rows ?? [], record?.phases, experiments?.rows ?? []),
    [runs, record, experiments],
  )
}

function paramErrors(errors: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = Object.entries(errors).filter(([field]) => field.startsWith('params.'))
  return Object.fromEntries(own.map(([field, error]) => [field.slice('params.'.length), error]))
}

function rememberedPreset(): PresetName {
  const remembered = preferencesStore.getState().choices['experiment.preset']
  return remembered !== undefined && Object.hasOwn(presets, remembered) ? (remembered as PresetName) : 'standard'
}
