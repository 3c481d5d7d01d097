import './preset-choice.css'
import { useId } from 'react'
import type { PresetName } from '../../../statistics/index.ts'
import {
  type EstimateRequest,
  estimateExperiment,
  findsText,
  type TrialFacts,
  timeText,
} from './experiment-estimate.ts'

interface PresetChoiceProps {
  readonly value: PresetName
  readonly onChange: (preset: PresetName) => void
  /** What the experiment would be with each preset. */
  readonly request: Omit<EstimateRequest, 'preset'>
  readonly facts: TrialFacts
}

const presetWords: Readonly<Record<PresetName, { readonly title: string; readonly says: string }>> = {
  quick: { title: 'Quick', says: 'A first impression; misses small changes.' },
  standard: { title: 'Standard', says: 'A verdict to act on.' },
  rigorous: { title: 'Rigorous', says: 'Small changes too, with a control of the session itself.' },
}

/** How much to measure: how long each preset takes here, and what it finds. */
export function PresetChoice({ value, onChange, request, facts }: PresetChoiceProps) {
  const name = useId()
  return (
    <div className="presets" role="radiogroup" aria-label="How much to measure">
      {(Object.keys(presetWords) as PresetName[]).map((preset) => {
        const estimate = estimateExperiment({ ...request, preset }, facts)
        const { title, says } = presetWords[preset]
        return (
          <label key={preset} className="presets-option">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={preset === value}
              onChange={() => onChange(preset)}
            />
            <strong>{title}</strong>
            <span>{says}</span>
            {estimate && (
              <>
                <span>{timeText(estimate)}</span>
                <span>{findsText(estimate)}</span>
                <span>
                  {estimate.plan.looks[0]!.blocks} to {estimate.plan.cap} blocks
                </span>
              </>
            )}
          </label>
        )
      })}
    </div>
  )
}
