import { useStore } from 'zustand'
import type { FlamePicture } from './flame-picture.ts'
import { type FlameViewStore, isZoomed, showWhole, zoomTo } from './flame-view.ts'
import { pathAround } from './flame-window.ts'

interface FlamePathProps {
  readonly picture: FlamePicture
  readonly view: FlameViewStore
  readonly textOf: (row: number) => string
  /** What everything is called. */
  readonly whole: string
}

/** Parts of a path that are shown at its ends; the middle of a longer one is left out. */
const most = 8

/** Where one is when one has zoomed in: everything that the window is inside of. Each leads back to itself. */
export function FlamePath({ picture, view, textOf, whole }: FlamePathProps) {
  const shown = useStore(view, ({ window: now }) => now)
  const { rectangles } = picture
  const zoomed = isZoomed(shown, rectangles)
  const path = zoomed ? pathAround(rectangles, shown) : []
  const kept = path.length > most ? [...path.slice(0, 2), -1, ...path.slice(3 - most)] : path
  return (
    <nav className="flame-path" aria-label="Zoomed into">
      <ol>
        <li>
          <button type="button" disabled={!zoomed} onClick={() => showWhole(view, rectangles)}>
            {whole}
          </button>
        </li>
        {kept.map((index) => (
          <li key={index}>
            {index < 0 ? (
              <span title={`${path.length - kept.length + 1} more`}>…</span>
            ) : (
              <button type="button" onClick={() => zoomTo(picture, view, index)}>
                {rectangles.row[index] === 0 ? 'idle' : textOf(rectangles.row[index]!)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
