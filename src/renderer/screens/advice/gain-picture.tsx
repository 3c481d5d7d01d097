import { useMemo } from 'react'
import { formatChangeWithInterval } from '../../../base/index.ts'
import type { AdviceEntry } from '../../../protocol/index.ts'
import { ratioAxis } from '../../../report/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { IntervalAxis, IntervalCell, toneOf } from '../../charts/intervals/interval-cell.tsx'
import { useWidth } from '../../charts/intervals/use-width.ts'
import { verdictWord } from '../../widgets/change.tsx'
import { Link } from '../../widgets/link.tsx'
import { againstPrediction, measuredEffect, predictionText } from './advice-wording.ts'

/** Pixels of the picture, and of the words beside it. */
const widest = 420
const narrowest = 160
const words = 210

/** The region of indifference, until an experiment says its own. */
const usualRope = 0.02

/** The predicted range and, below it on the same axis, what was measured: never one without the other's place. */
export function GainPicture({ entry }: { readonly entry: AdviceEntry }) {
  const { prediction, proof } = entry.recommendation
  const range = prediction.kind === 'range' ? prediction : undefined
  const effect = measuredEffect(proof)
  const experiment = useCall('experiments.get', proof ? { id: proof.experimentId } : null)
  const rope = experiment.data?.settings.rope ?? usualRope
  const [place, room] = useWidth<HTMLElement>(widest + words)
  const width = Math.min(widest, Math.max(narrowest, room - words))
  const axis = useMemo(
    () =>
      ratioAxis(
        [range?.low ?? null, range?.high ?? null, effect?.ratio ?? null, effect?.low ?? null, effect?.high ?? null],
        rope,
        10,
        width - 10,
      ),
    [range, effect, rope, width],
  )
  const against = proof && againstPrediction(prediction, proof)
  const measured = effect ? formatChangeWithInterval(effect.ratio, effect.low, effect.high) : null
  return (
    <figure
      ref={place}
      className="gain-picture"
      aria-label="Predicted and measured change of the whole run’s wall time"
    >
      <p>
        <span className="quiet">Predicted</span>
        <strong>{predictionText(prediction)}</strong>
      </p>
      <IntervalCell
        axis={axis}
        width={width}
        height={36}
        predicted={range}
        label={`Predicted: ${predictionText(prediction)}`}
      />
      <p>
        <span className="quiet">Measured</span>
        {proof ? (
          <strong>
            <Link to={{ screen: 'compare', id: proof.experimentId }}>{measured ?? verdictWord(proof.verdict)}</Link>
          </strong>
        ) : (
          <span>not yet</span>
        )}
      </p>
      <IntervalCell
        axis={axis}
        width={width}
        height={36}
        effect={effect}
        tone={toneOf(effect?.verdict ?? null)}
        solid={effect?.verdict === 'faster' || effect?.verdict === 'slower'}
        label={measured === null ? 'Not measured' : `Measured: ${measured}`}
      />
      <span className="quiet">
        {proof && verdictWord(proof.verdict)}
        {against && `, ${against}`}
      </span>
      <IntervalAxis axis={axis} width={width} />
      <figcaption className="quiet">
        Change of the whole run’s wall time. Dashed: predicted, best to worst case. The band, ±
        {Number((rope * 100).toPrecision(3))} %, is too small to matter.
      </figcaption>
    </figure>
  )
}
