import { formatCount } from '../../../base/index.ts'
import type { CounterSeries } from '../../model.ts'
import { counterValue } from '../wording.ts'
import { linear, px } from './axis.ts'
import { html, type Markup, markupOf } from './markup.ts'
import { table } from './table.ts'

const width = 260
const height = 26

/** Memory, event loop and what else was counted: a line over the run, and its extremes. */
export function counterTable(counters: readonly CounterSeries[]): Markup {
  const numeric = true
  return table(
    [
      ...[{ title: 'Counter' }, { title: 'Over the run, from least to most' }, { title: 'Least', numeric }],
      ...[
        { title: 'Mean', numeric },
        { title: 'Most', numeric },
        { title: 'Values', numeric },
      ],
    ],
    counters.map((counter) => [
      counter.name,
      sparkline(counter),
      counterValue(counter.min, counter.unit),
      counterValue(counter.mean, counter.unit),
      counterValue(counter.max, counter.unit),
      formatCount(counter.points),
    ]),
  )
}

function sparkline({ name, time, value, min, max }: CounterSeries): Markup {
  const x = linear(time[0] ?? 0, time.at(-1) ?? 1, 1, width - 1)
  const y = linear(min, max, height - 3, 3)
  const points = value.map((item, place) => `${px(x(time[place]!))} ${px(y(item))}`).join('L')
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${name} over the run"><path class="line" d="${markupOf(`M${points}`)}"/></svg>`
}
