import './source-pane.css'
import { useLayoutEffect, useRef } from 'react'
import type { FunctionLines } from '../../../analysis/index.ts'
import { formatCount, formatDuration, formatShare } from '../../../base/index.ts'
import { useCall } from '../../app/studio-context.tsx'
import { Loading } from '../../widgets/loading.tsx'

interface SourcePaneProps {
  /** Path of the file as the run knows it. */
  readonly file: string
  /** Where the function begins, from 1; 0 where unknown. */
  readonly line: number
  /** What each line took; `null` where no samples say. */
  readonly lines: FunctionLines | null
  /** When the run was made, in milliseconds since 1970. */
  readonly since: number
  /** Other functions of the run: whatever begins within the lines that were executed was inlined. */
  readonly others?: ReadonlyArray<{ readonly detail: string; readonly line: number }>
  /** Shows as much of the file as there is room for, with the line in its middle. */
  readonly all?: boolean
  /** Name of what the source is of. */
  readonly label: string
}

/** Lines that are shown around what was executed. */
const around = 6
/** More than this is not shown at once. */
const mostAround = 400

/** The source of a function with what each of its lines took. */
export function SourcePane({ file, line, lines, since, others = [], all = false, label }: SourcePaneProps) {
  const executed = lines?.lines ?? []
  const first = Math.max(1, Math.min(line || Number.POSITIVE_INFINITY, executed[0]?.line ?? line))
  const last = Math.max(first, executed.at(-1)?.line ?? line)
  const middle = Math.floor((first + last) / 2)
  const reach = Math.min(mostAround, all ? mostAround : Math.ceil((last - first) / 2) + around)
  const excerpt = useCall('source.read', file === '' ? null : { file, line: middle, around: reach, since })
  if (excerpt.error) return <p className="source-pane-note">{excerpt.error.message}</p>
  if (!excerpt.data) return <Loading label="Reading the source…" />
  const inlined = others.some((other) => {
    return (
      other.detail === file && executed.some((own) => own.line >= other.line && (other.line > line || own.line < line))
    )
  })
  const notes = [
    ...(inlined ? ['Lines of functions that the engine inlined into it count as its own.'] : []),
    ...(lines && lines.unknown > 0 ? [`${formatDuration(lines.unknown)} belong to no known line.`] : []),
  ]
  return (
    <div className="source-pane">
      {excerpt.data.changed && (
        <p className="source-pane-note source-pane-changed" role="status">
          The file was changed after this run: lines may have moved.
        </p>
      )}
      <Lines excerpt={excerpt.data} lines={lines} label={label} start={line} />
      {notes.length > 0 && <p className="source-pane-note source-pane-foot">{notes.join(' ')}</p>}
    </div>
  )
}

interface LinesProps {
  readonly excerpt: { readonly first: number; readonly lines: readonly string[]; readonly file: string }
  readonly lines: FunctionLines | null
  readonly label: string
  readonly start: number
}

function Lines({ excerpt, lines, label, start }: LinesProps) {
  const list = useRef<HTMLOListElement>(null)
  const weights = new Map(lines?.lines.map((one) => [one.line, one]))
  const most = Math.max(0, ...[...weights.values()].map(({ self }) => self))
  const total = (lines?.lines ?? []).reduce((sum, { self }) => sum + self, lines?.unknown ?? 0)
  const heaviest = [...weights.values()].find(({ self }) => self === most)?.line ?? start
  const { file, first } = excerpt
  // biome-ignore lint/correctness/useExhaustiveDependencies: another excerpt is shown from its heaviest line on
  useLayoutEffect(() => {
    list.current?.querySelector(`[data-line="${heaviest}"]`)?.scrollIntoView({ block: 'center' })
  }, [heaviest, file, first])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <ol ref={list} className="source-pane-lines" aria-label={`${label} in ${file}`} tabIndex={0}>
      {excerpt.lines.map((text, place) => {
        const number = first + place
        const weight = weights.get(number)
        return (
          <li key={number} data-line={number} data-start={number === start || undefined}>
            <span className="source-pane-number">{number}</span>
            <span className="source-pane-weight" title={weight && `${formatCount(weight.samples)} samples`}>
              {weight && (
                <>
                  <span className="source-pane-bar" style={{ inlineSize: `${(weight.self / most) * 100}%` }} />
                  <span className="source-pane-time">
                    {formatDuration(weight.self)} <span className="quiet">{formatShare(weight.self / total)}</span>
                  </span>
                </>
              )}
            </span>
            <code>{text === '' ? ' ' : text}</code>
          </li>
        )
      })}
    </ol>
  )
}
