import './flame-sandwich.css'
import { type ReactNode, useCallback, useMemo } from 'react'
import type { RunRecord } from '../../../trace/index.ts'
import { usePalette } from '../../charts/chart/palette.ts'
import { FlameCanvas } from '../../charts/flame/flame-canvas.tsx'
import { type Colouring, colourRows, labelOf } from '../../charts/flame/flame-colours.ts'
import { levelCount } from '../../charts/flame/flame-painter.ts'
import { createFlameView } from '../../charts/flame/flame-view.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import type { FlameAnswer, FlameScope, SandwichSide } from '../../workers/topics/flame.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { FlameFunctions } from './flame-functions.tsx'
import { RowTip, sayRow } from './flame-words.tsx'

interface FlameSandwichProps {
  readonly record: RunRecord
  readonly scope: FlameScope
  readonly answer: FlameAnswer
  readonly colouring: Colouring
  readonly search: string
  readonly selected: number | null
  readonly onSelect: (frame: number | null) => void
  readonly emptyText: string
  /** Says what the colours mean. */
  readonly legend: ReactNode
  /** Folder that places are told relative to. */
  readonly root: string
}

/** Functions as a table, and of the chosen one everything that led to it above and all that it called below. */
export function FlameSandwich(props: FlameSandwichProps) {
  const { record, scope, answer, colouring, search, selected, onSelect, emptyText, root, legend } = props
  const { tree, functions } = answer
  const sandwich = useTrace(selected === null ? null : record, 'flame', 'sandwich', [scope, selected ?? 0])
  const name = selected === null ? '' : labelOf(tree.frames[selected]!)
  return (
    <div className="flame-sandwich-frame">
      <div className="flame-sandwich-head">{legend}</div>
      <Panes name="run.sandwich" direction="horizontal" sizes={[46, 54]} least={[240, 240]}>
        <FlameFunctions narrow {...{ tree, functions, search, selected, onSelect, emptyText, root }} />
        <div className="flame-sandwich" style={{ gridTemplateRows: sandwich.data && rowsFor(sandwich.data) }}>
          {selected === null ? (
            <EmptyState sentence="Choose a function to see who called it and what it called." />
          ) : sandwich.error ? (
            <Problem error={sandwich.error} onRetry={() => sandwich.refetch()} />
          ) : sandwich.data === undefined ? (
            <Loading />
          ) : (
            <>
              <h4>Callers of {name}</h4>
              <Side side={sandwich.data.callers} direction="up" {...{ colouring, selected, onSelect, root }} />
              <h4>What it called</h4>
              <Side side={sandwich.data.callees} direction="down" {...{ colouring, selected, onSelect, root }} />
            </>
          )}
        </div>
      </Panes>
    </div>
  )
}

/** The side with more levels gets more room. */
function rowsFor({ callers, callees }: { readonly callers: SandwichSide; readonly callees: SandwichSide }): string {
  const room = ({ picture }: SandwichSide) => `minmax(76px, ${levelCount(picture)}fr)`
  return `24px ${room(callers)} 24px ${room(callees)}`
}

interface SideProps {
  readonly side: SandwichSide
  readonly direction: 'up' | 'down'
  readonly colouring: Colouring
  readonly selected: number
  readonly onSelect: (frame: number | null) => void
  readonly root: string
}

function Side({ side: { tree, picture }, direction, colouring, selected, onSelect, root }: SideProps) {
  const palette = usePalette()
  const view = useMemo(() => createFlameView(picture.rectangles), [picture])
  const colours = useMemo(() => colourRows(tree, colouring, palette), [tree, colouring, palette])
  const textOf = useCallback((row: number) => labelOf(tree.frames[tree.frame[row]!]!), [tree])
  const isSelected = useCallback((row: number) => tree.frame[row] === selected, [tree, selected])
  const about = (row: number) => ({ tree, row, zero: 0, root })
  return (
    <FlameCanvas
      label={direction === 'up' ? 'Callers, from below upwards' : 'Callees'}
      {...{ picture, view, colours, textOf, isSelected, direction, axis: null }}
      onSelect={(row) => row > 0 && onSelect(tree.frame[row]!)}
      tip={(row) => <RowTip {...about(row)} />}
      sayRow={(row) => sayRow(about(row))}
    />
  )
}
