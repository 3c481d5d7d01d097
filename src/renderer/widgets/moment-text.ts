const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long before `now` a time was, both in milliseconds since 1970: `just now`, `5 min ago`, `yesterday 14:02`, `3 Nov 2026`. */
export function momentText(at: number, now: number): string {
  const ago = now - at
  if (ago < minute) return 'just now'
  if (ago < hour) return `${Math.floor(ago / minute)} min ago`
  const then = new Date(at)
  const days = Math.round((midnight(now) - midnight(at)) / day)
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`
  if (days === 0) return ago < 6 * hour ? `${Math.floor(ago / hour)} h ago` : `today ${time}`
  if (days === 1) return `yesterday ${time}`
  const date = `${then.getDate()} ${months[then.getMonth()]}`
  return then.getFullYear() === new Date(now).getFullYear() ? `${date} ${time}` : `${date} ${then.getFullYear()}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
