import './segments.css'
import { useId } from 'react'

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly options: ReadonlyArray<{ readonly value: Value; readonly title: string; readonly hint?: string }>
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of two to five ways to look at something, all in sight. The arrow keys move between them. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  const name = useId()
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map(({ value: own, title, hint }) => (
        <label key={own} className="segments-option" title={hint}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={own === value}
            onChange={() => onChange(own)}
          />
          {title}
        </label>
      ))}
    </div>
  )
}
