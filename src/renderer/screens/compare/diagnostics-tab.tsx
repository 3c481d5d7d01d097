import { useMemo } from 'react'
import { checkExperiment, type ExperimentRecord } from '../../../analysis/index.ts'
import { formatCount, formatShare } from '../../../base/index.ts'
import type { ExperimentSection } from '../../../report/index.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Link } from '../../widgets/link.tsx'
import { armName } from './trial-table.tsx'

interface DiagnosticsTabProps {
  readonly record: ExperimentRecord
  readonly section: ExperimentSection
}

/** Results that differ are named up to this many; mostly it is one difference many times. */
const mostDifferences = 5

/** How far the numbers can be believed: what to know, every check with what to do, and the design that was fixed before. */
export function DiagnosticsTab({ record, section }: DiagnosticsTabProps) {
  const checks = useMemo(() => checkExperiment(record), [record])
  const { flags, results, blocks } = section
  const disturbed = blocks.filter(({ invalidated, disturbances }) => invalidated !== null || disturbances.length > 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="diagnostics-tab" aria-label="Diagnostics" tabIndex={0}>
      <section aria-label="What to know">
        <h2>What to know</h2>
        <ul className="diagnostics-flags">
          <li>
            <Badge {...(results.equal === false ? { kind: 'failed' as const } : {})}>result</Badge> {results.sentence}
            {results.differences.slice(0, mostDifferences).map(({ runId, variant, how }) => (
              <span key={runId} className="diagnostics-difference">
                {runId === '' ? (
                  armName(section, variant)
                ) : (
                  <Link to={{ screen: 'run', id: runId }}>
                    {armName(section, variant)}, {runId}
                  </Link>
                )}
                : {how}
              </span>
            ))}
          </li>
          {flags.map(({ severity, text }) => (
            <li key={text}>
              <Badge {...(severity === 'warning' ? { kind: 'attention' as const } : {})}>{severity}</Badge> {text}
            </li>
          ))}
          <li>
            <Badge>limit</Badge> {section.caveat}
          </li>
        </ul>
      </section>
      <section aria-label="Checks">
        <h2>Checks of the measuring</h2>
        <table className="facts-table">
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">Of</th>
              <th scope="col">Found</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ check, about, finding, remedy }) => (
              <tr key={`${check.name} ${about}`}>
                <th scope="row">{check.name}</th>
                <td>{about ?? 'all trials'}</td>
                <td>
                  {finding}
                  {check.p !== null && ` (p ${check.p < 0.001 ? '< 0.001' : check.p.toFixed(3)})`}
                </td>
                <td>{check.fires ? <strong>{remedy}</strong> : <span className="quiet">nothing</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {checks.length === 0 && <p className="quiet">They need two blocks that count.</p>}
      </section>
      {disturbed.length > 0 && (
        <section aria-label="Disturbed blocks">
          <h2>Disturbed blocks</h2>
          <ul className="diagnostics-flags">
            {disturbed.map(({ block, name, invalidated, disturbances }) => (
              <li key={block}>
                block {name}: {invalidated ?? 'counts all the same'}
                {disturbances.length > 0 && ` (${disturbances.map(({ how }) => how).join('; ')})`}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Design record={record} section={section} />
    </section>
  )
}

/** What was fixed before the first trial. */
function Design({ record, section: { design } }: DiagnosticsTabProps) {
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['Unit', design.unit],
    [
      'Looks',
      design.looks.map(({ blocks, alpha }) => `block ${blocks} (α ${Number(alpha.toPrecision(2))})`).join(', '),
    ],
    ['Error of all looks together', formatShare(design.alpha)],
    [
      'Blocks',
      `${formatCount(design.blocksCounted)} count of ${formatCount(design.blocksRun)}, at most ${formatCount(design.cap)}`,
    ],
    ['Changes that do not matter', `up to ±${formatShare(design.rope)}`],
    ['Comparisons', formatCount(design.comparisons)],
    ['Control arm', design.controlArm ? (design.control?.differs ? 'differs from itself' : 'yes') : 'no'],
    ['Seed of the order', String(design.seed)],
    ['Capture', record.settings.commands ? 'none: commands are timed from outside' : captureText(design.capture)],
    ['Params', Object.keys(design.params).length === 0 ? 'none' : JSON.stringify(design.params)],
  ]
  return (
    <section aria-label="Design">
      <h2>Fixed before the first trial</h2>
      <table className="facts-table">
        <tbody>
          {rows.map(([title, text]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function captureText({ level, sampleInterval }: ExperimentSection['design']['capture']): string {
  return sampleInterval === undefined ? level : `${level}, a CPU sample every ${formatCount(sampleInterval)} µs`
}
