import type { ScreenName } from '../state/route.ts'

/** Drawn on a grid of 20, one line width. */
const paths: Readonly<Record<ScreenName, string>> = {
  workspace: 'M3 4h6v5H3zM11 4h6v5h-6zM3 11h6v5H3zM11 11h6v5h-6z',
  run: 'M3 5h9M6 10h11M9 15h6',
  cycle: 'M16.5 10a6.5 6.5 0 1 1-2-4.7M14.5 2v3.5H11',
  compare: 'M3 6h5M12 6h5M8 3.5v5M12 3.5v5M5 14h10M5 11.5v5M15 11.5v5',
  advice: 'M10 2.5a5 5 0 0 1 3 9c-.7.6-1 1.2-1 2H8c0-.8-.3-1.4-1-2a5 5 0 0 1 3-9zM8 16.5h4',
  report: 'M5 2.5h7l3 3v12H5zM8 9h4M8 12h4M8 15h2',
}

export function ScreenIcon({ name }: { name: ScreenName }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    >
      <path d={paths[name]} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}
