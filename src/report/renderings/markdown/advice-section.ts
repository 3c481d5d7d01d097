import type { AdviceCard, LedgerRow } from '../../model.ts'
import { evidenceValue, literal, moment, plural, statusWords } from '../wording.ts'
import { code, md, type Piece } from './piece.ts'
import { folded, table } from './table.ts'
import { measured, predicted } from './wording.ts'

/** What to do, what it should bring and, where it was tried, what it brought. */
export function adviceSection(cards: readonly AdviceCard[], most: number): Piece {
  const rest = cards.length - most
  return md`
### What to do
${cards.slice(0, most).map(cardOf)}${rest > 0 ? md`\n${plural(rest, 'more recommendation')} left out.\n` : null}`
}

function cardOf(card: AdviceCard): Piece {
  const { evidence, prediction } = card
  const numbers = evidence.numbers.map(({ label, value, unit }) => `${label} ${evidenceValue(value, unit)}`)
  const sentences = [
    card.explanation,
    prediction.kind === 'range' ? `Predicted from: ${prediction.basis.replace(/\.$/, '')}.` : prediction.why,
    ...(card.includes.length > 0 ? [`Contains: ${card.includes.join('; ')}. Their gains do not add up.`] : []),
  ]
  return md`
**${card.title}** (${code(card.place)}, ${statusWords[card.status]})

${card.action} ${card.patch === null ? 'No knob can do this: it takes a change of the source.' : code(literal(card.patch))}
${table(
  [{ title: 'Predicted' }, { title: 'Measured' }],
  [[predicted(prediction), measured(card.measured)]],
)}${sentences.map((sentence) => md`${sentence} `)}Evidence in run ${code(evidence.runId)}: ${[...numbers, plural(evidence.spanCount, 'span')].join(', ')}.
`
}

/** What was predicted and what it brought, of every recommendation that there ever was. */
export function ledgerSection(rows: readonly LedgerRow[], most: number): Piece {
  const rest = rows.length - most
  return folded(
    'Ledger: what was predicted and what it brought',
    md`${table(
      [
        ...[{ title: 'Recommendation' }, { title: 'Place' }, { title: 'Found' }, { title: 'Status' }],
        { title: 'Predicted', numeric: true },
        { title: 'Measured', numeric: true },
      ],
      // The oldest come first, and the latest matter most.
      rows
        .slice(-most)
        .map(({ title, place, createdAt, status, prediction, measured: found }) => [
          title,
          code(place),
          moment(createdAt),
          statusWords[status],
          predicted(prediction),
          measured(found),
        ]),
    )}${rest > 0 ? md`${plural(rest, 'older recommendation')} left out.\n` : null}`,
  )
}
