import './param-fields.css'
import { Checkbox, TextField } from '../../widgets/field.tsx'
import { paramKind, paramText } from './param-values.ts'

interface ParamFieldsProps {
  /** The workflow's params with their defaults. */
  readonly defaults: Readonly<Record<string, unknown>>
  /** What was typed, by name. */
  readonly texts: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (texts: Readonly<Record<string, string>>) => void
}

/** A field for each param, by the type of its default. */
export function ParamFields({ defaults, texts, errors, onChange }: ParamFieldsProps) {
  const names = Object.keys(defaults)
  if (names.length === 0) return <p className="quiet">This workflow has no params.</p>
  return (
    <div className="param-fields">
      {names.map((name) => {
        const initial = defaults[name]
        const kind = paramKind(initial)
        const text = texts[name] ?? paramText(initial)
        const set = (next: string) => onChange({ ...texts, [name]: next })
        if (kind === 'boolean') {
          return <Checkbox key={name} label={name} checked={text === 'true'} onChange={(on) => set(String(on))} />
        }
        return (
          <TextField
            key={name}
            label={name}
            value={text}
            inputMode={kind === 'number' ? 'decimal' : 'text'}
            hint={
              text === paramText(initial) ? (kind === 'json' ? 'JSON' : undefined) : `default ${paramText(initial)}`
            }
            error={errors[name]}
            onChange={set}
          />
        )
      })}
    </div>
  )
}
