import {
  liveText,
  medianIntervalText,
  quantityText,
  secondaryEffectText,
  secondaryName,
} from '../../../analysis/index.ts'
import { formatCount, formatDuration } from '../../../base/index.ts'
import type { ExperimentSection } from '../../model.ts'
import { experimentFacts } from '../facts.ts'
import { oddBlocks } from '../odd-blocks.ts'
import { literal, percent, plural, pValue, relative, verdictWords } from '../wording.ts'
import { code, type Insert, md, noData, type Piece } from './piece.ts'
import { factTable, folded, item, table } from './table.ts'
import { change, orNone } from './wording.ts'

/** One experiment: the ranking, the verdicts in words, what a reader must know; how it was made, folded away. */
export function experimentSection(section: ExperimentSection, isWhole: boolean): Piece {
  const { design, results, flags, live, status } = section
  const candidates = section.ranking.filter(({ baseline }) => !baseline)
  const level = design.level === null ? 'no look yet' : `intervals at ${percent(design.level)}`
  const sentences = [
    results.sentence,
    `${design.unit}; ${level}; differences up to ±${percent(design.rope)} do not matter.`,
    ...(section.ended === null ? [] : [`It ended because ${section.ended}.`]),
    ...(design.metric === 'wall time' ? [] : [`All times are ${design.metric}.`]),
  ]
  return md`
### ${section.question}
${ranking(section)}
${candidates.map(({ sentence }) => item(md`${sentence}.`))}${section.contenders === null ? null : item(section.contenders)}
${live === null ? null : md`_${liveText(live, status === 'running')}_\n\n`}${sentences.join(' ')} Experiment ${code(section.id)}.

${flags.map(({ severity, text }) => item(severity === 'warning' ? md`**Warning:** ${text}` : text))}${isWhole ? howMeasured(section) : null}`
}

function ranking({ ranking: rows, variants, design }: ExperimentSection): Piece {
  return table(
    [
      { title: 'Variant' },
      { title: 'Verdict' },
      { title: 'Median', numeric: true },
      { title: `Change [${design.level === null ? 'interval' : `${percent(design.level)} interval`}]`, numeric: true },
      { title: 'Trials', numeric: true },
      { title: 'Patch' },
    ],
    rows.map((row) => {
      const summary = variants[row.variant]
      return [
        row.baseline ? row.name : md`**${row.name}**`,
        row.baseline ? 'baseline' : verdictText(row.verdict),
        orNone(summary?.median, formatDuration),
        row.baseline ? '–' : row.verdict === null ? noData : change(row.ratio, row.low, row.high),
        orNone(summary?.counted, formatCount),
        Object.keys(summary?.patch ?? {}).length === 0 ? '–' : code(literal(summary!.patch)),
      ]
    }),
  )
}

function verdictText(verdict: ExperimentSection['ranking'][number]['verdict']): Insert {
  if (verdict === null) return 'no verdict yet'
  const { sign, words } = verdictWords[verdict]
  return `${sign} ${words}`
}

function howMeasured(section: ExperimentSection): Piece {
  return folded(
    'How it was measured',
    md`${factTable(experimentFacts(section))}${statistics(section)}${secondary(section)}${blocks(section)}`,
  )
}

function statistics({ ranking: rows, design }: ExperimentSection): Piece {
  const numeric = true
  const body = rows
    .filter(({ baseline }) => !baseline)
    .map(({ name, p, alwaysValidP, adjustedP, sigma, minimumDetectable, crossCheck }): Insert[] => [
      name,
      orNone(p, pValue),
      orNone(alwaysValidP, pValue),
      orNone(adjustedP, pValue),
      orNone(sigma, relative),
      orNone(minimumDetectable, relative),
      crossCheck === null
        ? noData
        : [change(crossCheck.ratio, crossCheck.low, crossCheck.high), crossCheck.disagrees && ' disagrees'],
    ])
  if (body.length === 0) return md``
  return md`${table(
    [
      ...[{ title: 'Candidate' }, { title: 'p', numeric }, { title: 'p always valid', numeric }],
      ...[
        { title: 'p adjusted', numeric },
        { title: 'σ of a trial', numeric },
        { title: 'Detectable', numeric },
      ],
      { title: 'Signed-rank [interval]', numeric },
    ],
    body,
  )}Primary test: rank sum with labels swapped within blocks; Hodges–Lehmann estimate; p adjusted by Holm over m = ${design.comparisons}. Detectable: the smallest change found with 80 % power.
`
}

function secondary({ secondary: metrics, variants }: ExperimentSection): Piece {
  const rows = metrics.flatMap((metric) =>
    metric.rows.map((row): Insert[] => [
      secondaryName(metric),
      variants[row.variant]?.name ?? '–',
      orNone(row.median, (value) => quantityText(value, metric.unit)),
      medianIntervalText(row, metric) ?? noData,
      row.variant === 0 ? 'baseline' : orNone(row.effect, (effect) => secondaryEffectText(effect, metric)),
    ]),
  )
  if (rows.length === 0) return md``
  return md`
Other metrics, without a verdict; intervals of 95 % each, adjusted neither for the looks nor for how many they are:
${table(
  [
    { title: 'Metric' },
    { title: 'Variant' },
    { title: 'Median', numeric: true },
    { title: '95 % interval of the median', numeric: true },
    { title: 'Against the baseline', numeric: true },
  ],
  rows,
)}`
}

function blocks(section: ExperimentSection): Piece {
  const odd = oddBlocks(section)
  if (odd.length === 0) return md``
  return md`
${plural(odd.length, 'block')} invalidated or disturbed:
${table(
  [{ title: 'Block' }, { title: 'Counts' }, { title: 'What happened, and in which trials' }],
  odd.map(({ block, counts, what }) => [block, counts, what]),
)}`
}
