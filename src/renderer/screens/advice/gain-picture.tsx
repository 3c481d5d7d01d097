import { useMemo } from 'react'
import { formatChangeWithInterval } from '../../../base/index.ts'
import type { AdviceEntry } from '../../../protocol/index.ts'
import { ratioAxis } from '../../../report/index.ts'
import { IntervalAxis, IntervalCell, toneOf } from '../../charts/intervals/interval-cell.tsx'
import { verdictWord } from '../../widgets/change.tsx'
import { Link } from '../../widgets/link.tsx'
import { againstPrediction, measuredEffect, predictionText } from './advice-wording.ts'

/** Pixels; two rows on one axis. */
const width = 360

/** The region of indifference, until an experiment says its own. */
const rope = 0.02

/** The predicted range and, below it on the same axis, what was measured: never one without the other's place. */
export function GainPicture({ entry }: { readonly entry: AdviceEntry }) {
  const { prediction, proof } = entry.recommendation
  const range = prediction.kind === 'range' ? prediction : undefined
  const effect = measuredEffect(proof)
  const axis = useMemo(
    () =>
      ratioAxis(
        [range?.low ?? null, range?.high ?? null, effect?.ratio ?? null, effect?.low ?? null, effect?.high ?? null],
        rope,
        10,
        width - 10,
      ),
    [range, effect],
  )
  const against = proof && againstPrediction(prediction, proof)
  const measured = effect ? formatChangeWithInterval(effect.ratio, effect.low, effect.high) : null
  return (
    <figure className="gain-picture" aria-label="Predicted and measured change of the whole run’s wall time">
      <span>Predicted</span>
      <IntervalCell axis={axis} width={width} predicted={range} label={`Predicted: ${predictionText(prediction)}`} />
      <strong>{predictionText(prediction)}</strong>
      <span>Measured</span>
      <IntervalCell
        axis={axis}
        width={width}
        effect={effect}
        tone={toneOf(effect?.verdict ?? null)}
        solid={effect?.verdict === 'faster' || effect?.verdict === 'slower'}
        label={measured === null ? 'Not measured' : `Measured: ${measured}`}
      />
      <strong>
        {proof ? (
          <Link to={{ screen: 'compare', id: proof.experimentId }}>{measured ?? verdictWord(proof.verdict)}</Link>
        ) : (
          <span className="quiet">not measured yet</span>
        )}
      </strong>
      <span />
      <IntervalAxis axis={axis} width={width} />
      <span className="quiet">
        {proof && verdictWord(proof.verdict)}
        {against && `, ${against}`}
      </span>
    </figure>
  )
}
