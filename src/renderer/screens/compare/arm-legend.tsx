import type { ExperimentSection } from '../../../report/index.ts'
import { usePalette } from '../../charts/chart/palette.ts'
import { armColour, shapeOf } from './arm-look.ts'
import { armName } from './trial-table.tsx'

interface ArmLegendProps {
  readonly section: ExperimentSection
  /** Arms that are not drawn. */
  readonly hidden: ReadonlySet<number>
  readonly onChange: (hidden: ReadonlySet<number>) => void
}

/** Which mark is whose; each hides its variant and shows it again. */
export function ArmLegend({ section, hidden, onChange }: ArmLegendProps) {
  const palette = usePalette()
  const arms = section.variants.length + (section.control ? 1 : 0)
  const toggle = (arm: number) => {
    const next = new Set(hidden)
    if (!next.delete(arm)) next.add(arm)
    // All of them hidden is a picture of nothing.
    onChange(next.size === arms ? new Set() : next)
  }
  return (
    <fieldset className="arm-legend" aria-label="Variants that are shown">
      {Array.from({ length: arms }, (_, arm) => (
        <button
          key={armName(section, arm)}
          type="button"
          className="arm-legend-item"
          aria-pressed={!hidden.has(arm)}
          title={`${hidden.has(arm) ? 'Show' : 'Hide'} ${armName(section, arm)}`}
          onClick={() => toggle(arm)}
        >
          <svg viewBox="0 0 12 12" width="9" height="9" aria-hidden="true" fill={armColour(section, arm, palette)}>
            <path d={shapeOf(arm)} />
          </svg>
          <span>{armName(section, arm)}</span>
        </button>
      ))}
    </fieldset>
  )
}
