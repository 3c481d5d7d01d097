import './graph-tab.css'
import type { NodeTable } from '../../../analysis/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { WorkflowGraph } from '../../charts/graph/workflow-graph.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { useTrace } from '../../workers/use-trace.ts'
import { changeSelection, useSelection } from './use-selection.ts'

/** The workflow's nodes and what flows between them, coloured by what held up the run. Its table twin is the tab of nodes. */
export function GraphTab({ record }: { readonly record: RunRecord }) {
  const { range, node } = useSelection()
  const table = useTrace(record, 'nodes', 'table', [range])
  const nodes = record.description?.nodes ?? []
  if (nodes.length === 0) return <EmptyState sentence="The run ended before its workflow was known." />
  return (
    <div className="graph-tab">
      <div className="graph-tab-picture">
        <WorkflowGraph
          nodes={nodes}
          table={table.data ?? null}
          selected={node}
          onSelect={(path) => changeSelection({ node: path === node ? null : path })}
        />
      </div>
      <p className="graph-tab-caption">{captionFor(table.data ?? null, range !== null)}</p>
    </div>
  )
}

function captionFor(table: NodeTable | null, inRange: boolean): string {
  const flow = 'From left to right: what waits for what; cycles are boxes around their nodes.'
  if (!table?.rows.some(({ critical }) => critical !== null)) return `${flow} What held up the run was not recorded.`
  return `${flow} In per cent, and the stronger in colour the more: the share of the critical path${inRange ? ' in this stretch' : ''}. A click shows only that node in the other views.`
}
