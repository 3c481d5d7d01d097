import './loading.css'

/** Says that something is on its way, once that takes longer than a blink (the style sheet waits 150 ms). */
export function Loading({ label = 'Loading…' }: { readonly label?: string }) {
  return (
    <div className="loading" role="status">
      {label}
    </div>
  )
}
