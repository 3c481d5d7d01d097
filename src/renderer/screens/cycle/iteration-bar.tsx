import { useState } from 'react'
import { formatCount } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { Button } from '../../widgets/button.tsx'
import { Link } from '../../widgets/link.tsx'
import type { CycleColumns } from '../../workers/topics/cycles.ts'
import { nearestPlace, nextOutlier, wholeCycle, type Zoom, zoomBy } from './iteration-places.ts'

interface IterationBarProps {
  readonly record: RunRecord
  readonly columns: CycleColumns
  readonly selected: number | null
  readonly onChoose: (place: number) => void
  readonly zoom: Zoom
  readonly onZoom: (zoom: Zoom) => void
}

/** Ways to an iteration: by its number, from outlier to outlier, nearer, and on to the timeline. */
export function IterationBar({ record, columns, selected, onChoose, zoom, onZoom }: IterationBarProps) {
  const { index, start, duration, outlier } = columns
  const count = index.length
  const hasOutliers = outlier.includes(1)
  const go = (step: 1 | -1) => {
    const place = nextOutlier(columns, selected, step)
    if (place !== null) onChoose(place)
  }
  const centre = selected === null ? (zoom[0] + zoom[1]) / 2 : selected / Math.max(1, count - 1)
  return (
    <>
      <GoTo columns={columns} onChoose={onChoose} />
      {hasOutliers && (
        <>
          <Button kind="quiet" onClick={() => go(-1)} title="To the outlier before" aria-label="Previous outlier">
            ◂
          </Button>
          <span className="quiet">outlier</span>
          <Button kind="quiet" onClick={() => go(1)} title="To the outlier after" aria-label="Next outlier">
            ▸
          </Button>
        </>
      )}
      <Button
        kind="quiet"
        disabled={(zoom[1] - zoom[0]) * count <= 8}
        onClick={() => onZoom(zoomBy(zoom, 0.5, centre))}
        title="Zoom in, around what is selected; the wheel over a chart does it too"
        aria-label="Zoom in"
      >
        +
      </Button>
      <Button
        kind="quiet"
        disabled={zoom === wholeCycle}
        onClick={() => onZoom(zoomBy(zoom, 2, centre))}
        title="Zoom out"
        aria-label="Zoom out"
      >
        −
      </Button>
      {zoom !== wholeCycle && (
        <Button kind="quiet" onClick={() => onZoom(wholeCycle)}>
          Whole cycle
        </Button>
      )}
      {selected !== null && (
        <Link
          to={{
            screen: 'run',
            id: record.id,
            query: {
              from: String(Math.floor(start[selected]!)),
              to: String(Math.ceil(start[selected]! + duration[selected]!)),
            },
          }}
        >
          Timeline of {formatCount(index[selected]!)}
        </Link>
      )}
    </>
  )
}

function GoTo({ columns, onChoose }: Pick<IterationBarProps, 'columns' | 'onChoose'>) {
  const [text, setText] = useState('')
  const last = columns.index.at(-1) ?? 0
  const isWrong = text !== '' && !/^[\d\s]+$/.test(text)
  return (
    <input
      className="iteration-bar-number"
      type="text"
      inputMode="numeric"
      aria-label={`Go to iteration, 0 to ${last}`}
      aria-invalid={isWrong || undefined}
      placeholder="Go to…"
      title={isWrong ? 'The number of an iteration' : `Iteration 0 to ${formatCount(last)}; Enter goes there`}
      autoComplete="off"
      value={text}
      onChange={({ target }) => setText(target.value)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setText('')
        if (key === 'Enter' && text.trim() !== '' && !isWrong) {
          onChoose(nearestPlace(columns, Number(text.replace(/\s/g, ''))))
        }
      }}
    />
  )
}
