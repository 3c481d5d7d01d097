import './diff-flame.css'
import { useCallback, useMemo, useState } from 'react'
import { arrangeByWeight, type FlameDifference, treeOfSide } from '../../../analysis/index.ts'
import { formatCount } from '../../../base/index.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Figure } from '../../widgets/figure.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import { Segments } from '../../widgets/segments.tsx'
import { usePalette } from '../chart/palette.ts'
import { type ChangeMeasure, lookOfChanges } from './diff-colours.ts'
import { DiffTable } from './diff-table.tsx'
import { ChangeTip, type SideNames, sayChange } from './diff-words.tsx'
import { FlameCanvas } from './flame-canvas.tsx'
import { dimUnlit, labelOf } from './flame-colours.ts'
import { FlameMinimap } from './flame-minimap.tsx'
import type { FlameAxis } from './flame-painter.ts'
import { FlamePath } from './flame-path.tsx'
import { buildPicture } from './flame-picture.ts'
import { createFlameView } from './flame-view.ts'
import { lightUp, packColour } from './rasterise.ts'
import { searchRows } from './search-rows.ts'

export interface DiffFlameProps {
  /** What the worker's topic `flameDifference` answers, or `FlameComparison` made. */
  readonly difference: FlameDifference
  readonly names: SideNames
  /** Folder that places are told relative to, with a slash at its end (`workspaceRoot`); empty: places are told in full. */
  readonly root?: string
  /** Index into the difference's frames of the function that is selected; left out, the picture remembers it itself. */
  readonly selected?: number | null
  readonly onSelect?: (frame: number | null) => void
}

type Width = 'both' | 'baseline' | 'candidate'

/**
 * Which functions took more or less CPU time in one variant than in another: all their stacks in one flame graph. Blue: less, orange:
 * more, grey: the same, hatched: not significant. It fills its place, and its table twin says the same in numbers.
 */
export function DiffFlame({ difference, names, root = '', selected: given, onSelect }: DiffFlameProps) {
  const palette = usePalette()
  const [width, setWidth] = useState<Width>('both')
  const [measure, setMeasure] = useState<ChangeMeasure>('self')
  const [search, setSearch] = useState('')
  const [own, setOwn] = useState<number | null>(null)
  const selected = given === undefined ? own : given
  const select = (frame: number | null) => {
    setOwn(frame)
    onSelect?.(frame)
  }
  const tree = useMemo(() => treeOfSide(difference, width), [difference, width])
  const picture = useMemo(() => buildPicture(arrangeByWeight(tree)), [tree])
  const view = useMemo(() => createFlameView(picture.rectangles), [picture])
  const found = useMemo(() => searchRows(tree, search), [tree, search])
  const lit = useMemo(() => (found ? lightUp(picture, found.rows) : null), [picture, found])
  const look = useMemo(() => lookOfChanges(difference, measure, palette), [difference, measure, palette])
  const colours = useMemo(
    () => (lit ? dimUnlit(look.colours, lit, packColour(palette.paper)) : look.colours),
    [look, lit, palette.paper],
  )
  const changes = useMemo(() => new Map(difference.functions.map((one) => [one.frame, one])), [difference])
  const textOf = useCallback((row: number) => labelOf(difference.frames[difference.frame[row]!]!), [difference])
  const isSelected = useCallback(
    (row: number) => selected !== null && difference.frame[row] === selected,
    [difference, selected],
  )
  const axis = useMemo(
    (): FlameAxis => ({ kind: 'sum', zero: 0, name: `CPU time a trial, ${widthText(width, names)}` }),
    [width, names],
  )
  const changeAt = (row: number) => changes.get(difference.frame[row]!)!
  return (
    <Figure
      name="flame.difference"
      title={<Title difference={difference} />}
      toolbar={
        <>
          <SearchField
            label="Search functions"
            value={search}
            onChange={setSearch}
            found={found ? (found.functions === 0 ? 'none' : formatCount(found.functions)) : undefined}
          />
          <Segments
            label="Change of"
            options={[
              { value: 'self', title: 'Itself', hint: 'Colours: the function’s own time' },
              { value: 'inclusive', title: 'With callees', hint: 'Colours: the function’s time with what it called' },
            ]}
            value={measure}
            onChange={setMeasure}
          />
          <Segments
            label="As wide as"
            options={[
              { value: 'both', title: 'Both', hint: 'As wide as in the variant with more of it' },
              { value: 'baseline', title: names.baseline, hint: `As wide as in ${names.baseline}` },
              { value: 'candidate', title: names.candidate, hint: `As wide as in ${names.candidate}` },
            ]}
            value={width}
            onChange={setWidth}
          />
        </>
      }
      picture={
        tree.inclusive[0]! > 0 ? (
          <div className="diff-flame">
            <div className="diff-flame-head">
              <FlamePath picture={picture} view={view} textOf={textOf} whole="All stacks" />
              <Legend />
            </div>
            <FlameMinimap picture={picture} view={view} colours={colours} lit={lit} />
            <FlameCanvas
              label={`Stacks of ${names.baseline} and ${names.candidate}, coloured by change`}
              {...{ picture, view, axis, colours, lit, textOf, isSelected, hatched: look.hatched }}
              onSelect={(row) => select(row > 0 ? difference.frame[row]! : null)}
              tip={(row) => <ChangeTip {...{ difference, row, names, root }} change={changeAt(row)} />}
              sayRow={(row) => sayChange(difference, changeAt(row), measure)}
            />
          </div>
        ) : (
          <EmptyState sentence="No CPU time was sampled on this side." />
        )
      }
      table={<DiffTable {...{ difference, measure, names, root, search, selected }} onSelect={select} />}
    />
  )
}

function widthText(width: Width, names: SideNames): string {
  return width === 'both' ? 'of whichever has more' : names[width]
}

function Title({ difference: { blocks, samples, reason } }: { readonly difference: FlameDifference }) {
  const counts = `${formatCount(samples.baseline)} and ${formatCount(samples.candidate)} samples of ${formatCount(blocks)} blocks`
  return (
    <>
      Change of CPU time{' '}
      <span className="diff-flame-detail">
        {counts}
        {reason === 'not-enough-profiles' && (
          <span className="diff-flame-few">
            {' '}
            · fewer than ten blocks: what is not marked may have changed all the same
          </span>
        )}
      </span>
    </>
  )
}

const parts = [
  ['faster', 'less'],
  ['same', 'the same, or too few samples'],
  ['slower', 'more'],
  ['unsure', 'not significant'],
] as const

function Legend() {
  return (
    <ul className="diff-flame-legend" aria-label="Colours">
      {parts.map(([kind, text]) => (
        <li key={kind}>
          <span className="diff-flame-colour" data-kind={kind} />
          {text}
        </li>
      ))}
    </ul>
  )
}
