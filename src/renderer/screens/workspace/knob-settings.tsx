import './knob-settings.css'
import { Button } from '../../widgets/button.tsx'
import { TextField } from '../../widgets/field.tsx'
import { Select } from '../../widgets/select.tsx'
import { type KnobEntry, type KnobSetting, knobRange } from './knob-list.ts'

interface KnobSettingsProps {
  readonly knobs: readonly KnobEntry[]
  readonly settings: readonly KnobSetting[]
  /** What is wrong, by the place of the setting. */
  readonly errors: ReadonlyMap<number, string> | undefined
  /** Whether values that were not typed yet are wrong too. */
  readonly strict: boolean
  readonly onChange: (settings: readonly KnobSetting[]) => void
}

/** Turns knobs: which, and to what. */
export function KnobSettings({ knobs, settings, errors, strict, onChange }: KnobSettingsProps) {
  const set = (place: number, setting: KnobSetting) => onChange(settings.with(place, setting))
  const taken = new Set(settings.map(({ title }) => title))
  return (
    <div className="knob-settings">
      {settings.map(({ title, text }, place) => {
        const entry = knobs.find((known) => known.title === title)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place, its knob changes
          <div key={place} className="knob-setting">
            <Select
              label="Knob"
              placeholder="Choose a knob"
              options={knobs.map((known) => ({
                value: known.title,
                title: known.title,
                hint: `${knobRange(known.knob)}, now ${known.knob.default}`,
                disabled: known.title !== title && taken.has(known.title),
              }))}
              value={title === '' ? null : title}
              onChange={(chosen) => set(place, { title: chosen, text: firstText(knobs, chosen) })}
            />
            <KnobValueField
              entry={entry}
              text={text}
              error={text !== '' || strict ? errors?.get(place) : undefined}
              onChange={(next) => set(place, { title, text: next })}
            />
            <Button
              kind="quiet"
              aria-label={`Leave ${title || 'this knob'} as it is`}
              onClick={() => onChange(settings.toSpliced(place, 1))}
            >
              ×
            </Button>
          </div>
        )
      })}
      <div>
        <Button
          kind="quiet"
          disabled={settings.length >= knobs.length}
          onClick={() => onChange([...settings, { title: '', text: '' }])}
        >
          + {settings.length === 0 ? 'Turn a knob' : 'Another knob'}
        </Button>
      </div>
    </div>
  )
}

/** What stands in the field of a knob that was just chosen: of two values the other one, else nothing. */
function firstText(knobs: readonly KnobEntry[], title: string): string {
  const knob = knobs.find((known) => known.title === title)?.knob
  if (knob?.type === 'boolean') return String(!knob.default)
  return knob?.type === 'choice' ? (knob.choices.find((choice) => choice !== knob.default) ?? '') : ''
}

interface KnobValueFieldProps {
  readonly entry: KnobEntry | undefined
  readonly text: string
  readonly error: string | undefined
  readonly onChange: (text: string) => void
}

function KnobValueField({ entry, text, error, onChange }: KnobValueFieldProps) {
  const knob = entry?.knob
  if (knob?.type === 'choice' || knob?.type === 'boolean') {
    const options =
      knob.type === 'choice'
        ? knob.choices.map((choice) => ({ value: choice, title: choice }))
        : [
            { value: 'true', title: 'on' },
            { value: 'false', title: 'off' },
          ]
    return <Select label="Value" options={options} value={text} onChange={onChange} />
  }
  return (
    <TextField
      label="Value"
      value={text}
      disabled={!knob}
      inputMode="decimal"
      hint={knob && `${knobRange(knob)}, now ${knob.default}`}
      error={error}
      onChange={onChange}
    />
  )
}
