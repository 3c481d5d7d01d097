import './experiment-settings.css'
import { Checkbox, TextField } from '../../widgets/field.tsx'
import { Select } from '../../widgets/select.tsx'
import type { ExperimentDraft } from './experiment-draft.ts'

interface ExperimentSettingsProps {
  readonly draft: ExperimentDraft
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (change: Partial<ExperimentDraft>) => void
}

/** What few need to change: each says what it is for, and what it is where nothing is said. */
export function ExperimentSettings({ draft, errors, onChange }: ExperimentSettingsProps) {
  return (
    <div className="experiment-settings">
      <Select
        label="Decide by"
        options={[
          { value: 'wall', title: 'wall time' },
          { value: 'cpu', title: 'CPU time', hint: 'Of the trial’s own thread' },
        ]}
        value={draft.metric}
        onChange={(metric) => onChange({ metric })}
      />
      <Select
        label="Stop when"
        options={[
          { value: 'verdict', title: 'a verdict decides' },
          { value: 'direction', title: 'the direction is clear', hint: 'Sooner, and the size stays vague' },
        ]}
        value={draft.goal}
        onChange={(goal) => onChange({ goal })}
      />
      <Select
        label="Each trial runs in"
        options={[
          { value: 'thread', title: 'a fresh thread' },
          { value: 'repeats', title: 'a fresh thread, repeated', hint: 'Its steady part counts; times only, no spans' },
          { value: 'process', title: 'a fresh process', hint: 'Slower to start, shares nothing' },
        ]}
        value={draft.isolation}
        onChange={(isolation) => onChange({ isolation })}
      />
      {draft.isolation === 'repeats' && (
        <TextField
          label="Repetitions in a trial"
          placeholder="50"
          inputMode="numeric"
          value={draft.repeats}
          error={errors.repeats}
          onChange={(repeats) => onChange({ repeats })}
        />
      )}
      <TextField
        label="Changes that do not matter, up to"
        placeholder="2"
        unit="%"
        inputMode="decimal"
        value={draft.rope}
        error={errors.rope}
        onChange={(rope) => onChange({ rope })}
      />
      <TextField
        label="Stop after, at the next look"
        placeholder="no time limit, or 2min"
        value={draft.timeBudget}
        error={errors.timeBudget}
        onChange={(timeBudget) => onChange({ timeBudget })}
      />
      <TextField
        label="Most blocks"
        placeholder="as the preset says"
        inputMode="numeric"
        value={draft.maxBlocks}
        error={errors.maxBlocks}
        onChange={(maxBlocks) => onChange({ maxBlocks })}
      />
      <Select
        label="Control arm"
        options={[
          { value: 'preset', title: 'as the preset says' },
          {
            value: 'yes',
            title: 'run the baseline twice',
            hint: 'A difference from itself makes the session unreliable',
          },
          { value: 'no', title: 'none' },
        ]}
        value={draft.controlArm}
        onChange={(controlArm) => onChange({ controlArm })}
      />
      <Select
        label="Blocks that were disturbed"
        options={[
          { value: 'preset', title: 'as the preset says' },
          { value: 'discard', title: 'run again' },
          { value: 'flag', title: 'count, and are marked' },
        ]}
        value={draft.disturbed}
        onChange={(disturbed) => onChange({ disturbed })}
      />
      <TextField
        label="Seed of the order of trials"
        placeholder="random"
        inputMode="numeric"
        value={draft.seed}
        error={errors.seed}
        onChange={(seed) => onChange({ seed })}
      />
      <Checkbox
        label="Take CPU samples, one a millisecond"
        hint="Shows which function made the difference; costs up to 3 % of CPU time on all sides alike"
        checked={draft.samples}
        disabled={draft.isolation === 'repeats'}
        onChange={(samples) => onChange({ samples })}
      />
    </div>
  )
}
