import './flame-legend.css'
import type { ReactNode } from 'react'
import type { CpuPart } from '../../../analysis/index.ts'
import { formatShare } from '../../../base/index.ts'
import { type Colouring, hueOfCategory, isQuiet } from '../../charts/flame/flame-colours.ts'

interface FlameLegendProps {
  readonly by: Colouring
  /** Most first. */
  readonly parts: readonly CpuPart[]
  readonly hidden: readonly string[]
  readonly onChange: (hidden: readonly string[]) => void
  /** What else stands in its line. */
  readonly children?: ReactNode
}

/** Categories that have a place of their own; the others come after a click. */
const most = 10

/** What the colours say, and how much of each there is. A click takes a category out of the picture or puts it back. */
export function FlameLegend({ by, parts, hidden, onChange, children }: FlameLegendProps) {
  const total = parts.reduce((sum, { time }) => sum + time, 0)
  const toggle = (name: string) => {
    onChange(hidden.includes(name) ? hidden.filter((other) => other !== name) : [...hidden, name])
  }
  // What is hidden stays in sight, or it could not be taken back.
  const shown = parts.filter(({ name }, place) => place < most || hidden.includes(name))
  const rest = parts.length - shown.length
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields of a form; these are no form
    <div className="flame-legend" role="group" aria-label="Colours; a click hides or shows">
      {shown.map(({ name, time }) => {
        const hue = hueOfCategory(by, name)
        return (
          <button
            key={name}
            type="button"
            className="flame-legend-part"
            aria-pressed={!hidden.includes(name)}
            title={hintFor(by, name)}
            onClick={() => toggle(name)}
          >
            <span
              className="flame-legend-colour"
              data-quiet={isQuiet(by, name) || undefined}
              {...(hue === null ? {} : { 'data-hued': '', style: { '--hue': hue } as React.CSSProperties })}
            />
            {categoryText(by, name)} <span className="quiet">{total > 0 ? formatShare(time / total) : ''}</span>
          </button>
        )
      })}
      {rest > 0 && <span className="quiet">and {rest} more</span>}
      {hidden.length > 0 && (
        <button type="button" className="flame-legend-part" onClick={() => onChange([])}>
          Show all
        </button>
      )}
      {children}
    </div>
  )
}

/** What a category is called. */
export function categoryText(by: Colouring, name: string): string {
  if (name !== '') return by === 'origin' ? (originNames[name] ?? name) : name
  return by === 'node' ? 'no node' : 'no file'
}

const originNames: Readonly<Record<string, string>> = {
  user: 'own code',
  package: 'packages',
  strobe: 'Strobe',
  node: 'Node.js',
  native: 'native',
  gc: 'GC',
}

function hintFor(by: Colouring, name: string): string {
  if (by === 'node')
    return `Time of ${categoryText(by, name)}. A click leaves its samples out, another takes them in again.`
  return `Time in ${categoryText(by, name)} itself. A click folds it into whoever called it, another unfolds it.`
}
