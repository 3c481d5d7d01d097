import { formatDuration } from '../../../base/index.ts'
import { Button } from '../../widgets/button.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import type { TimeSpan } from './model.ts'
import type { TimelineView } from './timeline-view.ts'
import type { useSearch } from './use-search.ts'

interface TimelineBarProps {
  readonly search: ReturnType<typeof useSearch>
  readonly onFound: (backwards: boolean) => void
  readonly range: TimeSpan | null
  readonly onRange: (range: TimeSpan | null) => void
  readonly view: TimelineView | null
  /** Whether something is selected that can be zoomed to. */
  readonly hasSelected: boolean
  readonly onZoomToSelected: () => void
  readonly asTable: boolean
  readonly onTwin: () => void
}

/** Search, zoom, the selected stretch, and what the marks mean. */
export function TimelineBar(props: TimelineBarProps) {
  const { search, onFound, range, onRange, view, hasSelected, onZoomToSelected, asTable, onTwin } = props
  const nothing = (search.matches?.found.spans.length ?? 0) === 0
  return (
    <div className="timeline-bar" role="toolbar" aria-label="Timeline">
      <SearchField
        main
        label="Search spans, statements, errors"
        value={search.text}
        onChange={search.setText}
        onEnter={onFound}
        found={search.found}
      />
      {search.text !== '' && (
        <>
          <IconButton
            label="Previous that was found"
            keys="Shift+Enter"
            icon="‹"
            disabled={nothing}
            onClick={() => onFound(true)}
          />
          <IconButton
            label="Next that was found"
            keys="Enter"
            icon="›"
            disabled={nothing}
            onClick={() => onFound(false)}
          />
        </>
      )}
      {range && (
        <span className="timeline-range">
          Everything below shows {formatDuration(range.to - range.from)}
          <Button kind="quiet" aria-label="Show all of the run again" title="Escape" onClick={() => onRange(null)}>
            ✕
          </Button>
        </span>
      )}
      <div className="timeline-bar-end">
        {!asTable && (
          <>
            <div className="timeline-legend" aria-hidden="true">
              <span>
                <i className="timeline-legend-path" /> critical path
              </span>
              <span>
                <i className="timeline-legend-queue" /> queueing
              </span>
              <span>
                <i className="timeline-legend-failed" /> failed
              </span>
              <span>
                <i className="timeline-legend-open" /> open
              </span>
            </div>
            <IconButton label="Zoom out" keys="s" icon="−" onClick={() => view?.zoom(2)} />
            <IconButton label="Zoom in" keys="w" icon="+" onClick={() => view?.zoom(0.5)} />
            <Button kind="quiet" title="f" disabled={!hasSelected} onClick={onZoomToSelected}>
              To selection
            </Button>
            <Button kind="quiet" title="0" onClick={() => view?.fit()}>
              Whole run
            </Button>
          </>
        )}
        <Button kind="quiet" onClick={onTwin}>
          {asTable ? 'Picture' : 'Table'}
        </Button>
      </div>
    </div>
  )
}

function IconButton(props: {
  readonly label: string
  readonly keys: string
  readonly icon: string
  readonly disabled?: boolean
  readonly onClick: () => void
}) {
  const { label, keys, icon, disabled = false, onClick } = props
  return (
    <Button
      kind="quiet"
      className="timeline-icon-button"
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </Button>
  )
}
