import './history-dialog.css'
import { useCallback, useMemo, useState } from 'react'
import type { HistoryPoint, HistorySeries } from '../../../analysis/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { Chart } from '../../charts/chart/chart.tsx'
import type { Palette } from '../../charts/chart/palette.ts'
import { goTo } from '../../state/route.ts'
import { Dialog } from '../../widgets/dialog.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Figure } from '../../widgets/figure.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { Select } from '../../widgets/select.tsx'
import { historyChartMarks, historyChartOption } from './history-chart.ts'
import { HistoryTable } from './history-table.tsx'

interface HistoryDialogProps {
  readonly workflow: string
  readonly onClose: () => void
}

/** No variant can be called so: names have no spaces at their ends. */
const noReference = ' '

/** How a workflow went over time and commits, where it changed, and what must still be confirmed. */
export default function HistoryDialog({ workflow, onClose }: HistoryDialogProps) {
  const [variant, setVariant] = useState<string>()
  const [reference, setReference] = useState<string>()
  const [place, setPlace] = useState(0)
  const { data, error, refetch } = useCall(
    'history.get',
    { workflow, ...(variant === undefined ? {} : { variant }), ...(reference === undefined ? {} : { reference }) },
    { keepPrevious: true },
  )
  const series = data?.series[place] ?? data?.series[0]
  return (
    <Dialog title={`History of ${workflow}`} size="large" onClose={onClose}>
      {error ? (
        <Problem title="The history could not be read" error={error} onRetry={refetch} />
      ) : !data ? (
        <Loading />
      ) : (
        <div className="history">
          <div className="history-choices">
            <Select
              label="Variant"
              options={data.variants.map((name) => ({ value: name, title: name }))}
              value={data.variant}
              onChange={(name) => {
                setVariant(name)
                setPlace(0)
              }}
            />
            <Select
              label="As a ratio to"
              options={[
                { value: noReference, title: 'nothing: times' },
                ...data.variants
                  .filter((name) => name !== data.variant)
                  .map((name) => ({ value: name, title: name, hint: 'What slows down both is no change' })),
              ]}
              value={reference ?? noReference}
              onChange={(name) => setReference(name === noReference ? undefined : name)}
            />
            {data.series.length > 1 && (
              <Select
                label="Machine and load"
                options={data.series.map((one, index) => ({ value: String(index), title: seriesTitle(one) }))}
                value={String(series ? data.series.indexOf(series) : 0)}
                onChange={(index) => setPlace(Number(index))}
              />
            )}
          </div>
          {series ? (
            <Series workflow={workflow} series={series} />
          ) : (
            <EmptyState
              sentence={`No data: ${data.variant} was never measured${reference ? ` together with ${reference}` : ''}.`}
            />
          )}
        </div>
      )}
    </Dialog>
  )
}

function Series({ workflow, series }: { readonly workflow: string; readonly series: HistorySeries }) {
  const marks = useMemo(() => historyChartMarks(series), [series])
  const option = useCallback((palette: Palette) => historyChartOption(series, palette), [series])
  return (
    <>
      <ul className="history-says">
        {series.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div className="history-figure">
        <Figure
          name="workspace.history"
          title={series.unit === 'ratio' ? 'Ratio by session' : 'Median by session'}
          caption="Filled points take part in the search for changes, hollow ones are only shown; lines are 95 % intervals, bars the level of each stretch. The axis does not start at 0."
          picture={
            <Chart
              label={`History of ${workflow}. ${series.sentences.join(' ')}`}
              option={option}
              marks={marks}
              onPick={openPoint}
            />
          }
          table={<HistoryTable series={series} onOpen={openPoint} />}
        />
      </div>
      <Conditions series={series} />
    </>
  )
}

/** Leads to what a point was made from. */
function openPoint({ kind, ids }: HistoryPoint): void {
  if (kind === 'experiment') goTo({ screen: 'compare', id: ids[0]! })
  else goTo({ screen: 'run', id: ids.at(-1)! })
}

const isolations = {
  thread: 'a fresh thread per trial',
  repeats: 'a fresh thread per trial, the workflow repeated in it',
  process: 'a fresh process per trial',
} as const

/** What all points of the series have in common, and why they may be compared. */
function Conditions({ series: { conditions, environment } }: { readonly series: HistorySeries }) {
  const { machine, params, metric, isolation, capture } = conditions
  const samples = capture.sampleInterval === undefined ? '' : `, CPU samples every ${capture.sampleInterval} µs`
  const texts = Object.entries(params).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return (
    <dl className="history-conditions">
      <dt>Machine</dt>
      <dd>
        {environment
          ? `${environment.cpuModel}, ${environment.cores} cores, ${environment.os} (${machine?.slice(0, 8)})`
          : 'not recorded'}
      </dd>
      <dt>Params</dt>
      <dd>{texts.length === 0 ? 'none' : texts.join(' ')}</dd>
      <dt>Measured</dt>
      <dd>
        {metric} time, {isolations[isolation]}, capture {capture.level}
        {samples}
      </dd>
    </dl>
  )
}

function seriesTitle({ environment, conditions, points }: HistorySeries): string {
  const { params, metric, isolation } = conditions
  const load = Object.entries(params).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const machine = environment ? `${environment.cpuModel}` : 'machine not recorded'
  return [
    machine,
    `${metric} time`,
    isolation,
    ...load,
    `${points.length} ${points.length === 1 ? 'point' : 'points'}`,
  ].join(' · ')
}
