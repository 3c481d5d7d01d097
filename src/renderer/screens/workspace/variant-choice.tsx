import './variant-choice.css'
import type { WorkflowDescription } from '../../../workflow/index.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Checkbox, TextField } from '../../widgets/field.tsx'
import { type DraftedExperiment, type ExperimentDraft, type OwnVariant, variantNames } from './experiment-draft.ts'
import { type KnobEntry, patchOfSettings, patchText } from './knob-list.ts'
import { KnobSettings } from './knob-settings.tsx'

interface VariantChoiceProps {
  readonly description: WorkflowDescription
  readonly knobs: readonly KnobEntry[]
  readonly draft: ExperimentDraft
  readonly drafted: DraftedExperiment
  /** Whether it was tried to start: then what is missing is said too. */
  readonly strict: boolean
  readonly onChange: (change: Partial<ExperimentDraft>) => void
}

/** What is compared: the variants that the workflow declares, and one's own. The first that takes part is the baseline. */
export function VariantChoice({ description, knobs, draft, drafted, strict, onChange }: VariantChoiceProps) {
  const { ticked, own } = draft
  const tick = (name: string, on: boolean) => {
    const next = new Set(ticked ?? variantNames(description))
    if (on) next.add(name)
    else next.delete(name)
    onChange({ ticked: next })
  }
  const setOwn = (changed: OwnVariant) => onChange({ own: own.map((one) => (one.id === changed.id ? changed : one)) })
  const add = () => {
    const id = Math.max(0, ...own.map((one) => one.id)) + 1
    onChange({ own: [...own, { id, name: '', settings: [{ title: '', text: '' }] }] })
  }
  return (
    <div className="variant-choice">
      {variantNames(description).map((name) => {
        const patch = description.variants.find((variant) => variant.name === name)?.patch
        return (
          <Checkbox
            key={name}
            checked={ticked?.has(name) ?? true}
            onChange={(on) => tick(name, on)}
            label={
              <>
                {name} {name === drafted.variants[0] && <Badge>all others are compared with it</Badge>}
              </>
            }
            hint={<span className="variant-choice-patch">{patch ? patchText(patch) : 'the workflow as written'}</span>}
          />
        )
      })}
      {own.map((one) => (
        <div key={one.id} className="variant-choice-own">
          <div className="variant-choice-own-head">
            <TextField
              label="Name of your variant"
              placeholder={patchOfSettings(knobs, one.settings).name || 'by what it turns'}
              value={one.name}
              onChange={(name) => setOwn({ ...one, name })}
            />
            <Button kind="quiet" onClick={() => onChange({ own: own.filter(({ id }) => id !== one.id) })}>
              Remove
            </Button>
          </div>
          <KnobSettings
            knobs={knobs}
            settings={one.settings}
            errors={drafted.knobErrors.get(one.id)}
            strict={strict}
            onChange={(settings) => setOwn({ ...one, settings })}
          />
        </div>
      ))}
      <div>
        <Button
          disabled={knobs.length === 0}
          title={knobs.length === 0 ? 'This workflow has no knobs' : undefined}
          onClick={add}
        >
          + Variant of your own
        </Button>
      </div>
      {drafted.errors.variants && <p className="failed">{drafted.errors.variants}</p>}
    </div>
  )
}
