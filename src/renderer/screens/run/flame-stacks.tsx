import './flame-stacks.css'
import { type ReactNode, useCallback, useMemo } from 'react'
import { usePalette } from '../../charts/chart/palette.ts'
import { FlameCanvas } from '../../charts/flame/flame-canvas.tsx'
import { type Colouring, colourRows, dimUnlit, labelOf } from '../../charts/flame/flame-colours.ts'
import { FlameMinimap } from '../../charts/flame/flame-minimap.tsx'
import type { FlameAxis } from '../../charts/flame/flame-painter.ts'
import { FlamePath } from '../../charts/flame/flame-path.tsx'
import type { FlamePicture } from '../../charts/flame/flame-picture.ts'
import { createFlameView } from '../../charts/flame/flame-view.ts'
import { lightUp, packColour } from '../../charts/flame/rasterise.ts'
import type { FoundRows } from '../../charts/flame/search-rows.ts'
import type { FlameAnswer } from '../../workers/topics/flame.ts'
import { RowTip, sayRow } from './flame-words.tsx'

interface FlameStacksProps {
  readonly answer: FlameAnswer & { readonly picture: FlamePicture }
  readonly order: 'time' | 'weight'
  readonly colouring: Colouring
  readonly found: FoundRows | null
  /** Index into the tree's frames. */
  readonly selected: number | null
  readonly onSelect: (frame: number | null) => void
  /** Says what the colours mean. */
  readonly legend: ReactNode
  /** Folder that places are told relative to. */
  readonly root: string
}

/** All stacks of a run, on the clock or merged: minimap, where one has zoomed in, and the graph. */
export function FlameStacks({ answer, order, colouring, found, selected, onSelect, legend, root }: FlameStacksProps) {
  const { tree, picture, zero } = answer
  const palette = usePalette()
  // Another stretch or another order is another picture: it is seen as a whole first.
  const view = useMemo(() => createFlameView(picture.rectangles), [picture])
  const plain = useMemo(() => colourRows(tree, colouring, palette), [tree, colouring, palette])
  const lit = useMemo(() => (found ? lightUp(picture, found.rows) : null), [picture, found])
  const colours = useMemo(
    () => (lit ? dimUnlit(plain, lit, packColour(palette.paper)) : plain),
    [plain, lit, palette.paper],
  )
  const textOf = useCallback((row: number) => labelOf(tree.frames[tree.frame[row]!]!), [tree])
  const isSelected = useCallback((row: number) => selected !== null && tree.frame[row] === selected, [tree, selected])
  const axis = useMemo(
    (): FlameAxis =>
      order === 'time'
        ? { kind: 'clock', zero, name: 'since the workflow began' }
        : { kind: 'sum', zero: 0, name: tree.measure === 'cpu' ? 'CPU time' : 'time in spans' },
    [order, zero, tree.measure],
  )
  const about = (row: number, rectangle: number) => {
    const { start, end } = picture.rectangles
    return {
      tree,
      row,
      zero,
      root,
      ...(order === 'time' ? { stretch: { from: start[rectangle]!, to: end[rectangle]! } } : {}),
    }
  }
  return (
    <div className="flame-stacks">
      <div className="flame-stacks-head">
        <FlamePath
          picture={picture}
          view={view}
          textOf={textOf}
          whole={order === 'time' ? 'All of it' : 'All stacks'}
        />
        {legend}
      </div>
      <FlameMinimap picture={picture} view={view} colours={colours} lit={lit} />
      <FlameCanvas
        label={order === 'time' ? 'Stacks in the order of time' : 'Merged stacks, the heaviest on the left'}
        {...{ picture, view, axis, colours, lit, textOf, isSelected }}
        onSelect={(row) => onSelect(row > 0 ? tree.frame[row]! : null)}
        tip={(row, rectangle) => <RowTip {...about(row, rectangle)} />}
        sayRow={(row, rectangle) => sayRow(about(row, rectangle))}
      />
    </div>
  )
}
