import './flame-tab.css'
import { type ReactNode, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { type Colouring, colourings } from '../../charts/flame/flame-colours.ts'
import { type FoundRows, searchRows } from '../../charts/flame/search-rows.ts'
import { workspaceRoot } from '../../charts/flame/short-place.ts'
import { choose, preferencesStore } from '../../state/preferences.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Figure } from '../../widgets/figure.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Panes } from '../../widgets/panes.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import { Segments } from '../../widgets/segments.tsx'
import { Select } from '../../widgets/select.tsx'
import type { FlameAnswer, FlameScope } from '../../workers/topics/flame.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { FlameFunctionPane } from './flame-function-pane.tsx'
import { FlameFunctions } from './flame-functions.tsx'
import { FlameLegend } from './flame-legend.tsx'
import { FlameSandwich } from './flame-sandwich.tsx'
import { FlameStacks } from './flame-stacks.tsx'
import { useSelection } from './use-selection.ts'

type Layout = 'time' | 'weight' | 'sandwich'

const layouts = [
  { value: 'time', title: 'Time order', hint: 'Stacks on the clock; nothing where the thread was idle' },
  { value: 'weight', title: 'Left heavy', hint: 'Equal stacks merged, the heaviest on the left' },
  { value: 'sandwich', title: 'Sandwich', hint: 'Functions as a table, with callers and callees of one' },
] as const

const colourTitles: Readonly<Record<Colouring, string>> = {
  origin: 'Colour: origin',
  node: 'Colour: node',
  file: 'Colour: file',
}

type Hidden = FlameScope['hidden']
const nothingHidden: Hidden = { origin: [], file: [], node: [] }

/** Where the CPU time went by stack, of what is selected on the run screen; without samples, where the spans' time went. */
export function FlameTab({ record }: { readonly record: RunRecord }) {
  const { range, node } = useSelection()
  const choices = useStore(preferencesStore, (preferences) => preferences.choices)
  const chosen = layouts.find(({ value }) => value === choices['run.flame.layout'])?.value ?? 'weight'
  const colouring = colourings.find((one) => one === choices['run.flame.colour']) ?? 'origin'
  const trimmed = choices['run.flame.stacks'] !== 'full'
  const [hidden, setHidden] = useState(nothingHidden)
  const [search, setSearch] = useState('')
  const [selected, setSelected] = useState<number | null>(null)
  const scope = useMemo((): FlameScope => ({ range, node, hidden, trimmed }), [range, node, hidden, trimmed])
  const graph = useTrace(record, 'flame', 'graph', [scope, chosen === 'time' ? 'time' : 'weight'])
  const root = useMemo(
    () =>
      graph.data
        ? workspaceRoot(
            record.file,
            graph.data.tree.frames.map(({ detail }) => detail),
          )
        : '',
    [record.file, graph.data],
  )
  const found = useMemo(() => (graph.data ? searchRows(graph.data.tree, search) : null), [graph.data, search])
  if (graph.error) {
    return <Problem error={graph.error} title="The flame graph could not be made" onRetry={() => graph.refetch()} />
  }
  const answer = graph.data
  if (answer === undefined) return <Loading label="Laying out the samples…" />
  const { tree, functions, parts } = answer
  const cpu = tree.measure === 'cpu'
  // What began in no order cannot be put on the clock.
  const layout: Layout = !cpu && chosen === 'time' ? 'weight' : chosen
  const emptyText = emptyTextFor(answer, range !== null, node)
  const legend = cpu && parts && (
    <FlameLegend
      by={colouring}
      parts={parts[colouring]}
      hidden={hidden[colouring]}
      onChange={(names) => setHidden({ ...hidden, [colouring]: names })}
    >
      <Button
        kind="quiet"
        className="flame-tab-full"
        aria-pressed={!trimmed}
        title="Show what led to one’s own code, too: Node’s event loop and Strobe"
        onClick={() => choose('run.flame.stacks', trimmed ? 'full' : 'own')}
      >
        Full stacks
      </Button>
    </FlameLegend>
  )
  const picture = (
    <FlamePicturePlace
      {...{ record, scope, answer, layout, colouring, found, search, selected, emptyText, root, legend }}
      onSelect={setSelected}
    />
  )
  return (
    <Figure
      name="run.flame"
      title={<Title answer={answer} />}
      toolbar={
        <>
          <SearchField label="Search functions" value={search} onChange={setSearch} found={foundText(found)} />
          {cpu && (
            <Select
              label="Colour by"
              labelHidden
              options={colourings.map((value) => ({ value, title: colourTitles[value] }))}
              value={colouring}
              onChange={(value) => choose('run.flame.colour', value)}
            />
          )}
          <Segments
            label="Order of the stacks"
            options={cpu ? layouts : layouts.filter(({ value }) => value !== 'time')}
            value={layout}
            onChange={(value) => choose('run.flame.layout', value)}
          />
        </>
      }
      picture={picture}
      table={<FlameFunctions {...{ tree, functions, search, selected, emptyText, root }} onSelect={setSelected} />}
      caption={cpu ? undefined : spansText}
    />
  )
}

interface PlaceProps {
  readonly record: RunRecord
  readonly scope: FlameScope
  readonly answer: FlameAnswer
  readonly layout: Layout
  readonly colouring: Colouring
  readonly found: FoundRows | null
  readonly search: string
  readonly selected: number | null
  readonly onSelect: (frame: number | null) => void
  readonly emptyText: string
  readonly root: string
  readonly legend: ReactNode
}

function FlamePicturePlace(props: PlaceProps) {
  const { record, scope, answer, layout, colouring, found, search, selected, onSelect, emptyText, root, legend } = props
  const { tree, functions, picture } = answer
  if (!(tree.inclusive[0]! > 0) || picture === null) return <EmptyState sentence={emptyText} />
  const graph =
    layout === 'sandwich' ? (
      <FlameSandwich {...{ record, scope, answer, colouring, search, selected, onSelect, emptyText, root, legend }} />
    ) : (
      <FlameStacks
        // The axis of another order is another one.
        key={layout}
        answer={{ ...answer, picture }}
        {...{ order: layout, colouring, found, selected, onSelect, root, legend }}
      />
    )
  // The panes are there also around the graph alone: it would lose where one has zoomed in if it moved from one place to another.
  return (
    <Panes name="run.flame" direction="horizontal" sizes={selected === null ? [100] : [68, 32]} least={[320, 260]}>
      {graph}
      {selected !== null && (
        <FlameFunctionPane {...{ record, scope, tree, functions, onSelect, root }} frame={selected} />
      )}
    </Panes>
  )
}

function Title({ answer: { tree, interval } }: { answer: FlameAnswer }) {
  const total = formatDuration(tree.inclusive[0]!)
  if (tree.measure === 'spans') return <>Time in spans, {total} in all</>
  const samples = formatCount(tree.count[0]!)
  return (
    <>
      CPU time, {total}{' '}
      <span className="flame-tab-detail">
        {samples} samples{interval === null ? '' : `, one in ${formatDuration(interval)}`}
        {tree.unattributed === null ? '' : ` · ${formatShare(tree.unattributed)} of no node`}
      </span>
    </>
  )
}

function foundText(found: FoundRows | null): string | undefined {
  if (found === null) return undefined
  if (found.functions === 0) return 'none'
  return `${formatCount(found.functions)} · ${found.share === null ? 'no data' : formatShare(found.share)}`
}

const spansText =
  'No CPU samples were taken, so these are spans. Across: time summed over spans, where those at the same time count each. Down: what they did.'

function emptyTextFor({ tree }: FlameAnswer, inRange: boolean, node: string | null): string {
  if (tree.measure === 'spans')
    return 'Nothing was recorded here. Run the workflow with CPU samples to see where its time went.'
  const where = [node === null ? '' : ` of ${node}`, inRange ? ' in this stretch' : ''].join('')
  return `No CPU sample${where} was taken.`
}
