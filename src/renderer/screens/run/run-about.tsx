import type { ReactNode } from 'react'
import { formatBytes, formatDuration } from '../../../base/index.ts'
import type { RunRecord } from '../../../trace/index.ts'
import { Link } from '../../widgets/link.tsx'
import { paramsText, patchText } from './patch-text.ts'

/** Facts that need a line of their own. */
const wide: ReadonlySet<string> = new Set(['machine', 'phases'])

/** What a run was: its variant, params, capture, machine, and its parts outside of what is measured. */
export function RunAbout({ record }: { readonly record: RunRecord }) {
  const { environment, capture, trial, phases } = record
  const git = environment?.git
  const samples = capture.sampleInterval === undefined ? '' : `, CPU samples every ${capture.sampleInterval} µs`
  const parts: ReadonlyArray<readonly [string, number | null]> = [
    ['thread start', phases.threadStart],
    ['module load', phases.moduleLoad],
    ['resources open', phases.resourcesOpen],
    ['workflow', record.value],
    ['resources close', phases.resourcesClose],
  ]
  const facts: ReadonlyArray<readonly [string, ReactNode]> = [
    ['run', <code key="run">{record.id}</code>],
    ['file', <code key="file">{record.file}</code>],
    ['started', new Date(record.startedAt).toLocaleString()],
    ['variant', [record.variant, patchText(record.patch)].filter((part) => part !== '').join('  ')],
    ['params', paramsText(record.params) || 'none'],
    ['seed', String(record.seed)],
    ['capture', `${capture.level}${samples}`],
    [
      'experiment',
      trial && (
        <Link to={{ screen: 'compare', id: trial.experiment }}>
          {trial.experiment}, {trial.block < 0 ? 'warm-up block' : `block ${trial.block + 1}`}
        </Link>
      ),
    ],
    [
      'machine',
      environment &&
        `${environment.cpuModel}, ${environment.cores} cores, ${formatBytes(environment.memory)}, ${environment.os}, Node ${environment.node}`,
    ],
    ['commit', git && `${git.commit.slice(0, 12)}${git.dirty ? ' with changes' : ''}`],
    ['digest', record.result && <code key="digest">{record.result.digest.slice(0, 16)}</code>],
    [
      'phases',
      parts
        .filter((part): part is readonly [string, number] => part[1] !== null)
        .map(([name, time]) => `${name} ${formatDuration(time)}`)
        .join(' · '),
    ],
  ]
  return (
    <dl className="run-about">
      {facts
        .filter(([, value]) => value !== undefined && value !== '' && value !== null)
        .map(([name, value]) => (
          <div key={name} className={wide.has(name) ? 'run-about-wide' : undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
