import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { Flame } from '../../model.ts'
import { px } from './axis.ts'
import { figureWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { hueStyle, type Palette } from './palette.ts'
import { clipText } from './wording.ts'

const rowHeight = 18

/** A flame graph, callers on top. Functions of the user's and spans have colours by name, everything else is grey. */
export function flameChart(flame: Flame, palette: Palette): { readonly body: Markup; readonly height: number } {
  const rectangles = flame.frame.map((index, row) => {
    const x = flame.x[row]! * figureWidth
    const width = flame.width[row]! * figureWidth
    const y = flame.depth[row]! * rowHeight
    const frame = flame.frames[index]
    const time = flame.width[row]! * flame.total
    const shape = (kind: string, title: Markup) =>
      html`<rect class="${kind} rect-gap" x="${px(x)}" y="${y}" width="${px(width)}" height="${rowHeight - 1}">${title}</rect>`
    if (!frame) {
      return shape(
        'frame',
        html`<title>${formatCount(flame.merged[row]!)} narrower ones: ${formatDuration(time)}</title>`,
      )
    }
    const name = frame.name === '' ? '(anonymous)' : frame.name
    const coloured = frame.category === 'user' || flame.measure === 'spans'
    const place = frame.detail === '' ? '' : ` · ${frame.detail}${frame.line > 0 ? `:${frame.line}` : ''}`
    const title = html`<title>${name}${place} · ${formatDuration(time)}, ${formatShare(flame.width[row]!)} · itself ${formatDuration(flame.self[row]!)}</title>`
    const text =
      width > 30
        ? clipText(flame.measure === 'spans' && frame.detail ? `${name} ${frame.detail}` : name, width - 8)
        : ''
    return html`<g${coloured ? html` ${hueStyle(palette.hueOf(name))}` : null}>${shape(coloured ? 'cat' : 'frame', title)}${
      text === '' ? null : html`<text class="on" x="${px(x + 4)}" y="${y + 12.5}">${text}</text>`
    }</g>`
  })
  return { body: html`${rectangles}`, height: flame.levels * rowHeight }
}
