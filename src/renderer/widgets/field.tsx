import './field.css'
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'

/** What ties a control to its label, its hint and its error. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
}

interface FieldProps {
  readonly label: string
  /** What it is for, what is allowed. */
  readonly hint?: ReactNode
  /** What is wrong with what was entered, and what would be right. */
  readonly error?: string | undefined
  readonly children: (control: ControlProps) => ReactNode
}

/** A label, a control, and what is wrong with its value: `<Field label="Name">{(control) => <input {...control} />}</Field>`. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="field-error" id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </div>
  )
}

interface TextFieldProps extends Omit<FieldProps, 'children'>, Omit<Input, 'value' | 'onChange' | 'id'> {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Stands behind the box: `ms`, `%`. */
  readonly unit?: string
  readonly ref?: Ref<HTMLInputElement>
}
type Input = InputHTMLAttributes<HTMLInputElement>

/** A box for one line of text. */
export function TextField({ label, hint, error, value, onChange, unit, ref, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="field-box">
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            {...input}
            {...control}
            ref={ref}
            className="field-input"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {unit && <span className="field-unit">{unit}</span>}
        </span>
      )}
    </Field>
  )
}

interface CheckboxProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** A box that is ticked or not. */
export function Checkbox({ label, hint, checked, onChange, disabled }: CheckboxProps) {
  return (
    <label className="checkbox">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className="field-hint checkbox-hint">{hint}</span>}
      </span>
    </label>
  )
}
