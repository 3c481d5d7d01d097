import './log-tab.css'
import { useMemo, useState } from 'react'
import { type EventLog, eventKinds } from '../../../analysis/index.ts'
import { formatCount } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { momentText } from '../../charts/timeline/ticks.ts'
import { Badge } from '../../widgets/badge.tsx'
import { type Column, DataTable } from '../../widgets/data-table.tsx'
import { Loading } from '../../widgets/loading.tsx'
import { Problem } from '../../widgets/problem.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import { Toolbar } from '../../widgets/toolbar.tsx'
import type { LogAnswer } from '../../workers/topics/log.ts'
import { useTrace } from '../../workers/use-trace.ts'
import { eventsMatching } from './log-search.ts'
import { changeSelection, useSelection } from './use-selection.ts'

/** What the run said, within the stretch that is selected: log lines, alerts and failures in the order of time. */
export function LogTab({ record }: { readonly record: RunRecord }) {
  const { range, span } = useSelection()
  const [search, setSearch] = useState('')
  const log = useTrace(record, 'log', 'events', [range])
  const rows = useMemo(() => (log.data ? eventsMatching(log.data, search) : []), [log.data, search])
  const columns = useMemo(() => (log.data ? columnsFor(log.data) : []), [log.data])
  if (log.error) return <Problem error={log.error} title="The log could not be read" onRetry={() => log.refetch()} />
  if (!log.data) return <Loading />
  const events = log.data
  return (
    <div className="log-tab">
      <Toolbar label="Log">
        <SearchField
          label="Search the log"
          value={search}
          onChange={setSearch}
          found={`${formatCount(rows.length)} of ${formatCount(events.time.length)}`}
        />
      </Toolbar>
      <DataTable
        name="run.log"
        label="Log of the run"
        columns={columns}
        rows={rows}
        keyOf={String}
        selected={selectedRow(events, rows, span)}
        onSelect={(row) => {
          const failed = events.span[row]!
          if (failed >= 0) changeSelection({ span: failed })
        }}
        emptyText={emptyText(search, range !== null)}
      />
    </div>
  )
}

/** The failure of the span that is selected. */
function selectedRow({ span: spans }: EventLog, rows: readonly number[], span: number | null): string | null {
  const row = span === null ? undefined : rows.find((one) => spans[one] === span)
  return row === undefined ? null : String(row)
}

function emptyText(search: string, inRange: boolean): string {
  if (search.trim() !== '') return `Nothing that was said matches “${search.trim()}”.`
  return inRange ? 'Nothing was said in this stretch.' : 'The run said nothing, and nothing in it failed.'
}

function columnsFor({ time, kind, name, text, node, zero }: LogAnswer): Column<number>[] {
  return [
    {
      ...{ id: 'time', title: 'Time', width: 110, align: 'number', meaning: 'Since the workflow began' },
      render: (row) => momentText(time[row]! - zero),
      value: (row) => time[row]!,
    },
    {
      ...{ id: 'kind', title: 'Kind', width: 86, value: (row) => kind[row]! },
      render: (row) => <Kind kind={eventKinds[kind[row]!] ?? 'log'} level={name[row]!} />,
    },
    {
      ...{ id: 'what', title: 'What', width: 160, value: (row) => name[row]!, hint: (row) => name[row]! },
      render: (row) => (eventKinds[kind[row]!] === 'log' ? '' : name[row]!),
    },
    {
      ...{ id: 'text', title: 'Text', width: 280, grow: 1, value: (row) => text[row]!, hint: (row) => text[row]! },
      render: (row) => <code>{text[row]}</code>,
    },
    { id: 'node', title: 'Node', width: 130, value: (row) => node[row]!, render: (row) => node[row]! },
  ]
}

function Kind({ kind, level }: { readonly kind: (typeof eventKinds)[number]; readonly level: string }) {
  if (kind === 'failure') return <Badge kind="failed">failed</Badge>
  if (kind === 'alert') return <Badge kind="attention">alert</Badge>
  return <span className="quiet">{level}</span>
}
