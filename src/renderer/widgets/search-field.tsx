import './search-field.css'
import { useEffect, useRef } from 'react'
import { registerAction } from '../commands/registry.ts'

interface SearchFieldProps {
  /** What is searched: `Search runs`. Also stands in the empty box. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Enter, and Shift and Enter: to the next or the previous that was found. */
  readonly onEnter?: (backwards: boolean) => void
  /** What was found, at its end: `3 of 17`. */
  readonly found?: string | undefined
  /** Takes the focus when the screen's search is asked for (`/`). One on a screen has it. */
  readonly main?: boolean
}

/** A box to search in what is shown. Escape empties it. */
export function SearchField({ label, value, onChange, onEnter, found, main = false }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => (main ? registerAction('view.find', () => input.current?.select()) : undefined), [main])
  return (
    <span className="search-field">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor">
        <circle cx="7" cy="7" r="4.5" strokeWidth="1.4" />
        <path d="M10.5 10.5 14 14" strokeWidth="1.4" strokeLinecap="round" />
      </svg>
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.(event.shiftKey)
          if (event.key !== 'Escape') return
          if (value === '') event.currentTarget.blur()
          else onChange('')
        }}
      />
      {found !== undefined && value !== '' && (
        <span className="search-field-found" role="status">
          {found}
        </span>
      )}
    </span>
  )
}
