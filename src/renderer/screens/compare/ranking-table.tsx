import { useMemo } from 'react'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import { type ExperimentSection, type RankingRow, type RatioAxis, ratioAxis } from '../../../report/index.ts'
import { IntervalAxis, IntervalCell, IntervalLegend, toneOf } from '../../charts/intervals/interval-cell.tsx'
import { useWidth } from '../../charts/intervals/use-width.ts'
import { Change, verdictWord } from '../../widgets/change.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'

/** Pixels of the picture in a row, and of what the other columns need beside it. */
const widest = 300
const narrowest = 140
const others = 796

interface RankingTableProps {
  readonly section: ExperimentSection
  /** Index of the variant that the views below hold against the baseline. */
  readonly chosen: number
  readonly onChoose: (name: string) => void
}

/** All variants, fastest first, each with its effect, its interval and how sure that is. */
export function RankingTable({ section, chosen, onChoose }: RankingTableProps) {
  const { ranking, design } = section
  const [place, room] = useWidth<HTMLDivElement>(widest + others)
  const width = Math.min(widest, Math.max(narrowest, room - others))
  const axis = useMemo(
    () =>
      ratioAxis(
        ranking.flatMap(({ ratio, low, high }) => [ratio, low, high]),
        design.rope,
        10,
        width - 10,
      ),
    [ranking, design.rope, width],
  )
  const columns = useMemo(() => columnsOf(section, axis, width), [section, axis, width])
  return (
    <div className="ranking-table" ref={place}>
      <DataTable
        name="compare.ranking"
        label="Variants, fastest first"
        columns={columns}
        rows={ranking}
        keyOf={({ variant }) => String(variant)}
        selected={String(chosen)}
        onSelect={({ name, baseline }) => !baseline && onChoose(name)}
        emptyText="No variant."
        footer={
          <div className="ranking-table-axis">
            <IntervalAxis axis={axis} width={width} />
            <IntervalLegend rope={design.rope} />
          </div>
        }
      />
    </div>
  )
}

function columnsOf(section: ExperimentSection, axis: RatioAxis, width: number): readonly Column<RankingRow>[] {
  const { variants, design } = section
  const level = design.level === null ? '' : ` (${formatShare(design.level)} intervals)`
  const orNone = (value: number | null, format: (value: number) => string) => (value === null ? '–' : format(value))
  return [
    {
      id: 'interval',
      title: `Change of ${design.metric}${level}`,
      meaning: 'Bar: the interval. Tick: the estimate. Band: changes too small to matter',
      width: width + 16,
      render: (row) => (
        <IntervalCell
          axis={axis}
          width={width}
          effect={row.ratio === null || row.baseline ? null : { ratio: row.ratio, low: row.low, high: row.high }}
          tone={toneOf(row.verdict)}
          solid={row.significant === true}
          label={row.baseline ? `${row.name}, the baseline` : row.sentence}
        />
      ),
    },
    {
      id: 'name',
      title: 'Variant',
      width: 90,
      grow: 1,
      render: ({ name, baseline }) => (baseline ? <span className="quiet">{name}</span> : <strong>{name}</strong>),
      hint: ({ name, variant }) => `${name} ${JSON.stringify(variants[variant]?.patch ?? {})}`,
    },
    {
      id: 'median',
      title: 'Median',
      width: 76,
      align: 'number',
      render: ({ variant }) => orNone(variants[variant]?.median ?? null, formatDuration),
    },
    { id: 'change', title: 'Change', width: 176, align: 'number', render: (row) => <Change of={row} /> },
    {
      id: 'verdict',
      title: 'Verdict',
      width: 158,
      render: ({ verdict, baseline }) => (baseline ? '' : verdict === null ? 'none yet' : verdictWord(verdict)),
    },
    {
      id: 'p',
      title: 'p',
      width: 82,
      align: 'number',
      meaning: `How likely so large a difference is where there is none: valid over all looks, and adjusted over ${countOf(design.comparisons, 'comparison')}`,
      hint: pSentence,
      render: ({ adjustedP, baseline }) => (baseline ? '' : orNone(adjustedP, pText)),
    },
    {
      id: 'noise',
      title: 'Noise',
      width: 66,
      align: 'number',
      meaning: 'Spread of one trial without its block’s share',
      render: ({ sigma, baseline }) => (baseline ? '' : orNone(sigma, formatShare)),
    },
    {
      id: 'detectable',
      title: 'Finds',
      width: 66,
      align: 'number',
      meaning: 'Smallest change that so many blocks find with 80 % power',
      render: ({ minimumDetectable, baseline }) => (baseline ? '' : orNone(minimumDetectable, formatShare)),
    },
    {
      id: 'trials',
      title: 'Trials',
      width: 76,
      align: 'number',
      meaning: 'Trials that count; a cross stands before those of them that have no result',
      render: ({ variant }) => {
        const { counted = 0, failures = 0 } = variants[variant] ?? {}
        return failures > 0 ? `✕ ${formatCount(failures)} of ${formatCount(counted)}` : formatCount(counted)
      },
      hint: ({ variant }) => {
        const failures = variants[variant]?.failures ?? 0
        return failures > 0 ? `${countOf(failures, 'trial')} without a result` : undefined
      },
    },
  ]
}

/** The three p of a row, each with what it takes into account. */
function pSentence({ p, alwaysValidP, adjustedP, baseline }: RankingRow): string | undefined {
  if (baseline || p === null || alwaysValidP === null || adjustedP === null) return undefined
  return `p ${pText(p)} at this look alone; ${pText(alwaysValidP)} valid over all looks; ${pText(adjustedP)} adjusted over all comparisons (Holm)`
}

function countOf(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`
}

/** A p as people write it: never nought. */
function pText(p: number): string {
  if (p < 0.0001) return '< 0.0001'
  return p >= 1 ? '1' : String(Number(p.toPrecision(2)))
}
